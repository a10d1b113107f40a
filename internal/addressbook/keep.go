package addressbook

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
)

// Keep writes what comes in into a private folder, for as long as it is read, and
// opens it. It gives the file's SHA-256 in hex, too. Forget takes the folder away;
// call it when the book is done with, and only then.
func Keep(in func(io.Writer) error, o Options) (b *Book, digest string, forget func() error, err error) {
	dir, err := os.MkdirTemp("", "signoff-import-")
	if err != nil {
		return nil, "", nil, err
	}
	forget = func() error { return os.RemoveAll(dir) }
	path := filepath.Join(dir, "people")
	if digest, err = write(path, in); err == nil {
		o.Dir = dir
		b, err = Open(path, o)
	}
	if err != nil {
		return nil, "", nil, errors.Join(err, forget())
	}
	return b, digest, forget, nil
}

func write(path string, in func(io.Writer) error) (digest string, err error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	err = in(io.MultiWriter(file, h))
	if closed := file.Close(); err == nil {
		err = closed
	}
	return hex.EncodeToString(h.Sum(nil)), err
}
