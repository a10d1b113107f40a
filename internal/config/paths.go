package config

import (
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/signoff-id/signoff/internal/fault"
)

// KeysPath gives the path of the key file.
func (c Config) KeysPath() string {
	if c.KeysFile != "" {
		return c.KeysFile
	}
	return filepath.Join(c.DataDir, "keys.json")
}

// DSN gives the database's address: postgres://… or sqlite:PATH. It may hold a
// password.
func (c Config) DSN() string {
	if c.Database.DSN != "" {
		return c.Database.DSN.Reveal()
	}
	return "sqlite:" + filepath.Join(c.DataDir, "signoff.db")
}

// Password reads the mail server's password from its file; empty without one.
// It fails with "config_file_unreadable".
func (m Mail) Password() (string, error) { return readSecret(m.PasswordFile) }

// readSecret reads a file that holds one secret; a line's end after it is not
// part of it.
func readSecret(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", fault.New(fault.Invalid, "config_file_unreadable", "path", path).Because(err)
	}
	return strings.TrimRight(string(text), "\r\n"), nil
}

// derive fills what other settings imply, and reads the secrets that are in
// files, so that what runs later needs to know neither.
func (c *Config) derive() error {
	if c.PublicURL == "" {
		c.PublicURL = "http://" + reachable(c.Listen)
	}
	type pair struct {
		key  string
		dsn  *Secret
		file string
	}
	pairs := []pair{{"database.dsn_file", &c.Database.DSN, c.Database.DSNFile}}
	for i := range c.Holders {
		pairs = append(pairs, pair{item("holders", i) + ".dsn_file", &c.Holders[i].DSN, c.Holders[i].DSNFile})
	}
	for _, p := range pairs {
		if p.file == "" {
			continue
		}
		if *p.dsn != "" {
			return invalid(fault.Field{Path: p.key, Code: "config_twice"})
		}
		text, err := readSecret(p.file)
		if err != nil {
			return err
		}
		*p.dsn = Secret(text)
	}
	return nil
}

// reachable makes an address that listens on all interfaces one that a person
// can open.
func reachable(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return listen
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

// holdsPassword says whether a database's address has a password in it.
func holdsPassword(dsn string) bool {
	u, err := url.Parse(dsn)
	if err != nil {
		return strings.Contains(dsn, "@")
	}
	_, inside := u.User.Password()
	return inside || u.Query().Has("password")
}
