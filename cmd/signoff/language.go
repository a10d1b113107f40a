package main

import (
	"slices"
	"strings"

	"github.com/signoff-id/signoff/internal/language"
)

// languageOf finds the language to talk in: --lang, else the locale as POSIX
// orders its variables (IEEE Std 1003.1, section 8.2).
func languageOf(args, environ []string) string {
	if lang, ok := flagValue(args, "--lang"); ok && language.Known(lang) {
		return lang
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		for _, pair := range environ {
			if value, ok := strings.CutPrefix(pair, name+"="); ok && value != "" {
				return language.OrEnglish(value)
			}
		}
	}
	return language.English
}

// flagValue looks for a flag's value before the command line is parsed.
func flagValue(args []string, name string) (string, bool) {
	for i, a := range args {
		if a == "--" {
			break
		}
		if value, ok := strings.CutPrefix(a, name+"="); ok {
			return value, true
		}
		if a == name && i+1 < len(args) {
			return args[i+1], true
		}
	}
	return "", false
}

func wantsJSON(args []string) bool {
	end := slices.Index(args, "--")
	if end < 0 {
		end = len(args)
	}
	return slices.Contains(args[:end], "--json")
}
