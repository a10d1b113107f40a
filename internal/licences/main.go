// Command licences checks the licence of every module that is linked into the
// programs of this one. It lists them, and fails when one is not on the list of
// those that an Apache-2.0 program may carry. It reads the licence files of the
// module cache and asks nobody else.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"text/tabwriter"
)

// module is one module as the go command tells of it.
type module struct{ path, version, dir string }

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "licences:", err)
		os.Exit(1)
	}
}

func run(out io.Writer) error {
	modules, err := linked()
	if err != nil {
		return err
	}
	var refused []error
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, m := range modules {
		names, err := ofModule(m.dir)
		if err == nil {
			err = check(names)
		}
		if err != nil {
			refused = append(refused, fmt.Errorf("%s %s: %w", m.path, m.version, err))
		}
		fmt.Fprintf(table, "%s\t%s\t%s\n", m.path, m.version, strings.Join(names, ", "))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if len(refused) > 0 {
		return errors.Join(refused...)
	}
	fmt.Fprintf(out, "%d modules, all licences allowed\n", len(modules))
	return nil
}

// linked lists the modules with a package in one of our programs or in what
// others import from us; what only tests or tools use is not passed on.
func linked() ([]module, error) {
	var stderr bytes.Buffer
	cmd := exec.Command("go", "list", "-deps", "-f",
		"{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}", "./...")
	cmd.Stderr = &stderr
	text, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w\n%s", err, stderr.String())
	}
	seen := map[module]bool{}
	var modules []module
	for line := range strings.Lines(string(text)) {
		parts := strings.Split(strings.TrimSpace(line), "\t")
		if len(parts) != 3 {
			continue
		}
		m := module{parts[0], parts[1], parts[2]}
		if !seen[m] {
			seen[m] = true
			modules = append(modules, m)
		}
	}
	slices.SortFunc(modules, func(a, b module) int { return strings.Compare(a.path, b.path) })
	return modules, nil
}
