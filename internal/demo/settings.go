package demo

import (
	_ "embed"
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/signoff-id/signoff/internal/config"
)

// The names in a demo's folder.
const (
	configName    = "signoff.yaml"
	mappingName   = "crm.yaml"
	crmName       = "crm.db"
	documentsName = "documents"
	peopleName    = "people.json"
)

//go:embed crm.yaml
var mapping []byte

// crmPath is the company's own database, a data holder.
func (d *Demo) crmPath() string { return filepath.Join(d.Dir, crmName) }

// documentsPath is the company's folder of files, a data holder.
func (d *Demo) documentsPath() string { return filepath.Join(d.Dir, documentsName) }

// ConfigPath is the settings file.
func (d *Demo) ConfigPath() string { return filepath.Join(d.Dir, configName) }

// writeConfig writes the settings and the mapping, as an operator would.
func writeConfig(dir string) error {
	for name, text := range map[string][]byte{configName: []byte(settings(dir)), mappingName: mapping} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			return err
		}
	}
	return os.MkdirAll(filepath.Join(dir, documentsName), 0o700)
}

func settings(dir string) string {
	quoted := func(path ...string) string { return yamlText(filepath.Join(append([]string{dir}, path...)...)) }
	return `# Signoff 演示环境的配置。 The settings of a Signoff demo.
issuer: signoff.demo
data_dir: ` + quoted("data") + `
language: zh-CN
offered_policies: dingtalk, wecom

# 首页上的应用。演示公司没有自己的网页应用，这里列出本服务中确实存在的页面。
# The apps on the home page. The demo company has no web app of its own: these lead to pages that are there.
apps:
  - id: help
    name: {zh-CN: 帮助中心, en: Help}
    url: /help
    icon: help-circle
  - id: reference
    name: {zh-CN: 接口文档, en: API reference}
    url: /docs
    icon: api
  - id: todos
    name: {zh-CN: 待办和审批, en: To-dos and approvals}
    url: /todos
    icon: checklist

# 演示公司的两个数据持有方：CRM 数据库和文件夹。
# The demo company's two data holders: a CRM database and a folder of documents.
holders:
  - name: crm
    kind: sqldb
    mapping: ` + quoted(mappingName) + `
    dsn: ` + yamlText("sqlite:"+filepath.Join(dir, crmName)) + `
  - name: documents
    kind: blob
    bucket: ` + yamlText("file://"+filepath.ToSlash(filepath.Join(dir, documentsName))) + `
    prefix: people/{username}/
`
}

func loadConfig(dir, listen string) (config.Config, error) {
	flags := map[string]string{}
	if listen != "" {
		flags["listen"] = listen
	}
	return config.Load(config.Sources{File: filepath.Join(dir, configName), Flags: flags})
}

// yamlText writes a path as a YAML scalar, whatever is in it: JSON strings are
// YAML (YAML 1.2, section 1.3).
func yamlText(s string) string {
	text, err := json.Marshal(s)
	if err != nil {
		return `""`
	}
	return string(text)
}
