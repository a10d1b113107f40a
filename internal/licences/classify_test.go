package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestClassify(t *testing.T) {
	own, err := os.ReadFile("../../LICENSE")
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		text string
		want []string
	}{
		"our own":  {string(own), []string{"Apache-2.0"}},
		"MIT":      {"Permission is hereby granted, free of charge,\n to any person  obtaining a copy of", []string{"MIT"}},
		"BSD 2":    {"Redistribution and use in source and binary forms, with or", []string{"BSD-2-Clause"}},
		"BSD 3":    {"Redistribution and use in source and binary forms\nbe used to endorse or promote products derived from this software without specific prior written permission.", []string{"BSD-3-Clause"}},
		"MPL":      {"Mozilla Public License Version 2.0 … \"Secondary License\" means either the GNU General Public License, Version 2.0", []string{"MPL-2.0"}},
		"MPL long": {"Mozilla Public License, version 2.0", []string{"MPL-2.0"}},
		"GPL":      {"GNU GENERAL PUBLIC LICENSE\n   Version 3, 29 June 2007", []string{"GPL"}},
		"two":      {"Apache License\nVersion 2.0 and Permission is hereby granted, free of charge, to any person obtaining a copy", []string{"Apache-2.0", "MIT"}},
		"nothing":  {"All rights reserved.", nil},
	} {
		if got := classify(tc.text); !slices.Equal(got, tc.want) {
			t.Errorf("%s: got %v, want %v", name, got, tc.want)
		}
	}
}

func TestCheckRefuses(t *testing.T) {
	if err := check([]string{"BSD-3-Clause", "MIT", "MPL-2.0"}); err != nil {
		t.Errorf("allowed ones refused: %v", err)
	}
	for _, names := range [][]string{nil, {"GPL"}, {"MIT", "AGPL"}, {"BUSL-1.1"}} {
		if check(names) == nil {
			t.Errorf("%v passed", names)
		}
	}
}

func TestOnlyLicenceFilesAreRead(t *testing.T) {
	dir := t.TempDir()
	mit := "Permission is hereby granted, free of charge, to any person obtaining a copy"
	for name, text := range map[string]string{
		"LICENSE.md": mit, "license_test.go": "package x", "README": "GNU GENERAL PUBLIC LICENSE Version 3", "COPYING": "Apache License, Version 2.0",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := ofModule(dir)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"Apache-2.0", "MIT"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
