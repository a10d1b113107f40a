package source

import (
	"bytes"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"strings"
)

// Exports imports packages by what they export, as the go command says where it
// is called from dir; it compiles them where that has not been done yet. Those
// that the named ones import can be imported, too.
func Exports(dir string, set *token.FileSet, paths ...string) (types.Importer, error) {
	if len(paths) == 0 {
		return importer.ForCompiler(set, "gc", nil), nil
	}
	var stderr bytes.Buffer
	list := exec.Command("go", append([]string{"list", "-export", "-deps", "-f", "{{if .Export}}{{.ImportPath}}={{.Export}}{{end}}"}, paths...)...)
	list.Dir, list.Stderr = dir, &stderr
	list.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w: %s", err, stderr.Bytes())
	}
	at := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "=")
		at[path] = file
	}
	return importer.ForCompiler(set, "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(at[path])
	}), nil
}
