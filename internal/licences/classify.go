package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// allowed are the licences, by SPDX identifier, that what we link may have.
// MPL-2.0 covers its own files only and lets them be part of a larger work
// under other terms (section 3.3).
var allowed = []string{"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MPL-2.0", "CC0-1.0", "Unlicense"}

// marks are words that only the named licence has, in the order in which they
// are looked for, white space made single and letters small.
var marks = []struct{ licence, words string }{
	{"MPL-2.0", "mozilla public license version 2.0"},
	{"AGPL", "gnu affero general public license version 3"},
	{"LGPL", "gnu lesser general public license version"},
	{"GPL", "gnu general public license version"},
	{"SSPL-1.0", "server side public license"},
	{"BUSL-1.1", "business source license"},
	{"Apache-2.0", "apache license version 2.0"},
	{"MIT", "permission is hereby granted, free of charge, to any person obtaining a copy"},
	{"ISC", "permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted"},
	{"ISC", "permission to use, copy, modify, and distribute this software for any purpose with or without fee is hereby granted"},
	{"BSD-3-Clause", "be used to endorse or promote products derived from this software without specific prior written permission"},
	{"BSD-2-Clause", "redistribution and use in source and binary forms"},
	{"CC0-1.0", "cc0 1.0 universal"},
	{"Unlicense", "this is free and unencumbered software released into the public domain"},
}

var (
	licenceFile = regexp.MustCompile(`(?i)^(un)?(licen[cs]e|copying)([-._].*)?$`)
	separators  = regexp.MustCompile(`[\s,]+`)
)

// classify names the licences whose words the text carries.
func classify(text string) []string {
	plain := func(s string) string { return separators.ReplaceAllString(strings.ToLower(s), " ") }
	text = plain(text)
	var found []string
	for _, m := range marks {
		if !strings.Contains(text, plain(m.words)) || slices.Contains(found, m.licence) {
			continue
		}
		if m.licence == "BSD-2-Clause" && slices.Contains(found, "BSD-3-Clause") {
			continue // its words are the other's too
		}
		if strings.HasSuffix(m.licence, "GPL") && slices.Contains(found, "MPL-2.0") {
			continue // MPL-2.0 names the GPL family as secondary licences
		}
		found = append(found, m.licence)
	}
	return found
}

// ofModule names the licences in the files at the top of a module's directory.
func ofModule(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() || !licenceFile.MatchString(e.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		names = append(names, classify(string(text))...)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// check refuses a module with no licence that we know, or with one that is not
// allowed.
func check(names []string) error {
	if len(names) == 0 {
		return errors.New("no known licence found")
	}
	for _, name := range names {
		if !slices.Contains(allowed, name) {
			return fmt.Errorf("%s is not an allowed licence", name)
		}
	}
	return nil
}
