// Command measure prints the figures of the program's structure. They say how
// long files and functions are, how large interfaces, how deep the imports go,
// and what is exported for nobody. Run it at the top of the repository. It
// judges nothing: the limits are tests in internal/arch.
package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/signoff-id/signoff/internal/source"
)

// named is how many of the largest are named.
const named = 3

func main() {
	if err := run(os.Stdout, "."); err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
}

func run(out io.Writer, root string) error {
	files, err := source.Read(root)
	if err != nil {
		return err
	}
	templates, err := source.Templates(root)
	if err != nil {
		return err
	}
	code, err := source.Check(root, files)
	if err != nil {
		return err
	}
	unneeded, err := code.Unneeded()
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "\tcount\tmedian\tp90\tp99\tmax\tthe largest")
	own, tests := source.Files(files, source.Written), source.Files(files, source.Tested)
	generated := source.Files(files, func(f *source.File) bool { return f.Generated })
	row(table, "lines of a file", own)
	row(table, "… of a test file", tests)
	row(table, "… of a templ file", templates)
	row(table, "… of a generated file", generated)
	row(table, "lines of a function", source.Functions(files, source.Written))
	row(table, "… in tests", source.Functions(files, source.Tested))
	row(table, "methods that an interface declares", source.Interfaces(files, source.Written))
	row(table, "… and all that it has", code.MethodSets())
	row(table, "packages that import a package", source.Importers(files))
	if err := table.Flush(); err != nil {
		return err
	}
	chain := source.Chain(files)
	fmt.Fprintf(out, "\nlongest chain of imports: %d packages\n  %s\n", len(chain), strings.Join(chain, "\n  "))
	fmt.Fprintf(out, "tests to code: %.2f (%d lines of tests, %d of Go and templ)\n",
		float64(tests.Sum())/float64(own.Sum()+templates.Sum()), tests.Sum(), own.Sum()+templates.Sum())
	list(out, "packages without a comment", source.Uncommented(files))
	var nobody, onlyTests []string
	for _, u := range unneeded {
		if u.Tests {
			onlyTests = append(onlyTests, u.At+" "+u.Name)
		} else {
			nobody = append(nobody, u.At+" "+u.Name)
		}
	}
	list(out, "exported for nobody", nobody)
	list(out, "exported for tests and tools alone", onlyTests)
	return nil
}

func row(out io.Writer, name string, s source.Sizes) {
	var largest []string
	for _, one := range s[:min(named, len(s))] {
		largest = append(largest, fmt.Sprintf("%s (%d)", one.Name, one.N))
	}
	fmt.Fprintf(out, "%s\t%d\t%d\t%d\t%d\t%d\t%s\n", name, len(s),
		s.Percentile(50), s.Percentile(90), s.Percentile(99), s.Max(), strings.Join(largest, ", "))
}

func list(out io.Writer, name string, entries []string) {
	fmt.Fprintf(out, "%s: %d\n", name, len(entries))
	for _, e := range entries {
		fmt.Fprintln(out, "  "+e)
	}
}
