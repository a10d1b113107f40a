package demo

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// makeDocuments gives everybody who sells or supports a folder with files, and
// the company one of its own.
func makeDocuments(root string, people []Person) error {
	files := map[string]string{
		"company/员工手册 handbook.txt": "这份文件属于公司，注销账号不会动它。\nThis file is the company's: closing an account leaves it alone.\n",
	}
	for _, username := range staff {
		p := named(people, username)
		at := "people/" + username + "/"
		files[at+"简历 cv.txt"] = p.Name + "\n" + p.email() + "\n"
		files[at+"工作记录 work-log.txt"] = strings.Repeat("拜访客户，记录需求。 Visited a customer.\n", 40)
		files[at+"图片 photos/portrait.bin"] = strings.Repeat("\x00\x01demo", 2000)
	}
	for name, content := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// files lists what is below a folder, by slash-separated names; a folder that is
// gone holds nothing.
func files(root string) ([]string, error) {
	var all []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(root, path)
		all = append(all, filepath.ToSlash(name))
		return err
	})
	if os.IsNotExist(err) {
		return nil, nil
	}
	return all, err
}
