package source

import (
	"maps"
	"slices"
	"strings"
)

// imports gives, for each folder of the module, the folders that its code
// imports, tests left out.
func imports(files []*File) map[string][]string {
	of := map[string][]string{}
	for _, f := range files {
		if f.Test {
			continue
		}
		of[f.Dir] = append(of[f.Dir], []string{}...)
		for _, path := range f.Imports() {
			if dir, ours := strings.CutPrefix(path, Module+"/"); ours && !slices.Contains(of[f.Dir], dir) {
				of[f.Dir] = append(of[f.Dir], dir)
			}
		}
	}
	return of
}

// Chain is the longest way from one folder to another along imports, the
// importing one first. Of several it is the first by name.
func Chain(files []*File) []string {
	of := imports(files)
	longest := map[string][]string{}
	var from func(dir string) []string
	from = func(dir string) []string {
		if way := longest[dir]; way != nil {
			return way
		}
		var rest []string
		for _, next := range slices.Sorted(slices.Values(of[dir])) {
			if way := from(next); len(way) > len(rest) {
				rest = way
			}
		}
		longest[dir] = append([]string{dir}, rest...)
		return longest[dir]
	}
	var best []string
	for _, dir := range slices.Sorted(maps.Keys(of)) {
		if way := from(dir); len(way) > len(best) {
			best = way
		}
	}
	return best
}

// Importers counts, for each folder, how many others import it.
func Importers(files []*File) Sizes {
	count := map[string]int{}
	for _, imported := range imports(files) {
		for _, dir := range imported {
			count[dir]++
		}
	}
	var s Sizes
	for dir, n := range count {
		s = append(s, Size{Name: dir, N: n})
	}
	return sorted(s)
}

// Shipped are the folders that other people get: our commands, but for those
// below internal/, the client, and all that they import.
func Shipped(files []*File) map[string]bool {
	of := imports(files)
	shipped := map[string]bool{}
	var carry func(dir string)
	carry = func(dir string) {
		if shipped[dir] {
			return
		}
		shipped[dir] = true
		for _, next := range of[dir] {
			carry(next)
		}
	}
	for dir := range of {
		if !below(dir, "internal") {
			carry(dir)
		}
	}
	return shipped
}

// Uncommented are the folders whose package has no comment.
func Uncommented(files []*File) []string {
	commented := map[string]bool{}
	for _, f := range files {
		if !f.Test {
			commented[f.Dir] = commented[f.Dir] || f.Tree.Doc.Text() != ""
		}
	}
	var without []string
	for _, dir := range slices.Sorted(maps.Keys(commented)) {
		if !commented[dir] {
			without = append(without, dir)
		}
	}
	return without
}
