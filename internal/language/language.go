// Package language is the one list of the languages that Signoff speaks. What is
// said in each of them is in texts, or stands where it is used in an Each.
package language

import (
	"slices"
	"strings"
)

// The languages, as BCP 47 tags.
const (
	Chinese = "zh-CN"
	English = "en"
)

// All lists them, the most common reader's first.
func All() []string { return []string{Chinese, English} }

// Known says whether a tag is exactly that of one of the languages.
func Known(tag string) bool { return slices.Contains(All(), tag) }

// Of gives the language that somebody reads who asks for a tag: "zh-HK" and
// "zh_TW.UTF-8" are Chinese. It is "" for a tag of no language of ours.
func Of(tag string) string {
	for _, l := range All() {
		if base(tag) == base(l) {
			return l
		}
	}
	return ""
}

// OrEnglish is Of, and English for who reads none of the languages.
func OrEnglish(tag string) string {
	if l := Of(tag); l != "" {
		return l
	}
	return English
}

func base(tag string) string {
	if end := strings.IndexAny(tag, "-_.@"); end >= 0 {
		tag = tag[:end]
	}
	return strings.ToLower(tag)
}

// Each gives a value for each language. A new language is a new parameter here,
// so that the compiler names every place where something has to be said in it.
func Each[T any](chinese, english T) map[string]T {
	return map[string]T{Chinese: chinese, English: english}
}
