package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/signoff-id/signoff/internal/config"
)

// warning is something that is allowed but hardly meant, for the log.
type warning struct {
	text string
	args []any
}

// warnings looks at what a server is about to serve with. The keys' file is not
// among it: a readable one is refused, not warned of.
func warnings(c config.Config) []warning {
	var all []warning
	for _, path := range []string{filepath.Dir(c.KeysPath()), strings.TrimPrefix(c.DSN(), "sqlite:")} {
		if mode, open := openToOthers(path); open {
			all = append(all, warning{"others on this machine can open this; take their rights away", []any{"path", path, "mode", mode.String()}})
		}
	}
	if strings.HasPrefix(c.PublicURL, "http://") && !local(c.PublicURL) {
		all = append(all, warning{"public_url is not https: tokens cross the network readable by others", []any{"public_url", c.PublicURL}})
	}
	if c.Mail.Transport == "log" && !local(c.PublicURL) {
		all = append(all, warning{"mail.transport is log: nobody is told anything by mail", nil})
	}
	return all
}

// openToOthers says whether everybody on this machine may open a file or a
// folder: by its own mode, and by that of the folder that it is in.
func openToOthers(path string) (fs.FileMode, bool) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, false
	}
	folder, err := os.Stat(filepath.Dir(path))
	mode := info.Mode().Perm()
	return mode, err == nil && mode&0o006 != 0 && folder.Mode().Perm()&0o001 != 0
}

// local says whether a URL leads to this machine only.
func local(url string) bool {
	host := strings.TrimPrefix(strings.TrimPrefix(url, "http://"), "https://")
	return strings.HasPrefix(host, "localhost") || strings.HasPrefix(host, "127.") || strings.HasPrefix(host, "[::1]")
}
