package policy

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/signoff-id/signoff/internal/language"
)

// Text is one sentence in every language of the product; its keys are exactly
// those of language.All.
type Text map[string]string

// In gives the sentence in lang, a BCP 47 tag: Chinese for every kind of
// Chinese, English for what is no language of ours.
func (t Text) In(lang string) string { return t[language.OrEnglish(lang)] }

// separators join lists.
var separators = language.Each("、", ", ")

// part is a piece of a sentence: either words, or the name of a placeholder.
type part struct{ words, name string }

// parts cuts a sentence at its placeholders, {{.name}}. ok is false when braces
// stand in it that are no placeholder: a slip that people would otherwise see.
func parts(sentence string) (out []part, ok bool) {
	for {
		words, rest, found := strings.Cut(sentence, "{{")
		if strings.Contains(words, "}}") {
			return nil, false
		}
		out = append(out, part{words: words})
		if !found {
			return out, true
		}
		inner, after, closed := strings.Cut(rest, "}}")
		name, dotted := strings.CutPrefix(inner, ".")
		if !closed || !dotted || name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
			return nil, false
		}
		out = append(out, part{name: name})
		sentence = after
	}
}

// placeholders lists the names that a sentence uses; ok as for parts.
func placeholders(sentence string) (names []string, ok bool) {
	cut, ok := parts(sentence)
	for _, p := range cut {
		if p.name != "" {
			names = append(names, p.name)
		}
	}
	return names, ok
}

// names lists the placeholders of all languages, each once.
func (t Text) names() []string {
	used := map[string]bool{}
	for _, sentence := range t {
		found, _ := placeholders(sentence)
		for _, name := range found {
			used[name] = true
		}
	}
	return slices.Sorted(maps.Keys(used))
}

// fill puts values in; lists are joined as the language does it.
func (t Text) fill(values map[string]any) Text {
	out := make(Text, len(t))
	for lang, sentence := range t {
		var b strings.Builder
		cut, _ := parts(sentence)
		for _, p := range cut {
			b.WriteString(p.words)
			if list, ok := values[p.name].([]string); ok {
				b.WriteString(strings.Join(list, separators[lang]))
			} else if p.name != "" {
				fmt.Fprint(&b, values[p.name])
			}
		}
		out[lang] = b.String()
	}
	return out
}
