package texts

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
	"text/template"

	"github.com/goccy/go-yaml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	xlanguage "golang.org/x/text/language"

	"github.com/signoff-id/signoff/internal/language"
)

// load builds a catalogue from one folder per language.
func load(from fs.FS) (*Catalogue, error) {
	c := &Catalogue{
		localizers: map[string]*i18n.Localizer{},
		messages:   map[string]map[string]*i18n.Message{},
	}
	var tags []xlanguage.Tag
	for _, lang := range language.All() {
		tag, err := xlanguage.Parse(lang)
		if err != nil {
			return nil, fmt.Errorf("texts: %s: %w", lang, err)
		}
		tags = append(tags, tag)
		if c.messages[lang], err = loadLanguage(from, lang); err != nil {
			return nil, fmt.Errorf("texts: %w", err)
		}
		// One bundle per language, so that a lookup never silently answers in
		// another one: the fallback is Text's to decide.
		bundle := i18n.NewBundle(tag)
		for _, m := range c.messages[lang] {
			if err := bundle.AddMessages(tag, m); err != nil {
				return nil, fmt.Errorf("texts: %s: %w", lang, err)
			}
		}
		c.localizers[lang] = i18n.NewLocalizer(bundle, lang)
	}
	c.matcher = xlanguage.NewMatcher(tags)
	return c, nil
}

// loadLanguage merges the files of one language.
func loadLanguage(from fs.FS, lang string) (map[string]*i18n.Message, error) {
	names, err := fs.Glob(from, path.Join(lang, "*.yaml"))
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("no files of texts for %s: make the folder, and embed it", lang)
	}
	all := map[string]*i18n.Message{}
	origin := map[string]string{}
	for _, name := range names {
		text, err := fs.ReadFile(from, name)
		if err != nil {
			return nil, err
		}
		var entries map[string]any
		if err := yaml.Unmarshal(text, &entries); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for key, value := range entries {
			if other, twice := origin[key]; twice {
				return nil, fmt.Errorf("%s: %s is already in %s", name, key, other)
			}
			m, err := message(key, value)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", name, key, err)
			}
			all[key], origin[key] = m, name
		}
	}
	return all, nil
}

// message makes one text: a string, or a map with the plural forms of CLDR that
// our languages have ("one" and "other").
func message(key string, value any) (*i18n.Message, error) {
	m := &i18n.Message{ID: key}
	switch v := value.(type) {
	case string:
		m.Other = v
	case map[string]any:
		for form, text := range v {
			s, ok := text.(string)
			switch {
			case !ok:
				return nil, errNotFlat
			case form == "one":
				m.One = s
			case form == "other":
				m.Other = s
			default:
				return nil, fmt.Errorf("unknown plural form %q: %w", form, errNotFlat)
			}
		}
	default:
		return nil, errNotFlat
	}
	if m.Other == "" {
		return nil, fmt.Errorf("empty text")
	}
	for _, text := range []string{m.One, m.Other} {
		if !strings.Contains(text, "{{") {
			continue // most are plain, and every command loads them all
		}
		if _, err := template.New(key).Parse(text); err != nil {
			return nil, err
		}
	}
	return m, nil
}
