// Package texts is the catalogue of everything Signoff says to a person. It is
// in every language that package language lists. One file per room and language holds a
// flat map from key to text; the files are embedded and merged when the
// catalogue is loaded. Keys are dotted and start with what the text is for:
// fault.<code>, problem.<kind>, notice.<kind>.subject.
package texts

import (
	"embed"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	xlanguage "golang.org/x/text/language"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/language"
)

//go:embed zh-CN/*.yaml en/*.yaml
var files embed.FS

// Key is an argument that is itself the key of a text, so that a word inside a
// text is in the text's language too.
type Key string

// Catalogue gives texts by language and key. Set its fields before the first
// use; after that it is safe for many goroutines.
type Catalogue struct {
	// Default is the language of a caller that asks for none of ours; English
	// when it is empty or unknown.
	Default string
	// Missing, when set, hears of every key that has no text: a test fails on
	// it, a server logs it.
	Missing func(lang, key string)

	localizers map[string]*i18n.Localizer
	messages   map[string]map[string]*i18n.Message
	matcher    xlanguage.Matcher
}

// Load gives the embedded catalogue, which is read once in a process. It fails on a
// file that is not a flat map, on a key that two files define, and on a text that
// does not parse.
func Load() (*Catalogue, error) {
	c, err := embedded()
	if err != nil {
		return nil, err
	}
	own := *c // Default and Missing are the caller's
	return &own, nil
}

var embedded = sync.OnceValues(func() (*Catalogue, error) { return load(files) })

// Text gives the text of key in lang, with args put in its placeholders. A
// placeholder may be written {{.limit}} or {{.Limit}}, whatever the argument's
// first letter. A text with plural forms counts by the argument "count", or by
// its only whole number. Durations and times are written in the language.
// An unknown language is treated as Default; a key that the language lacks is
// taken from English, and a key without any text is given back as it is.
func (c *Catalogue) Text(lang, key string, args map[string]any) string {
	lang = c.known(lang)
	for _, try := range []string{lang, language.English} {
		if m := c.messages[try][key]; m != nil {
			text, err := c.localizers[try].Localize(&i18n.LocalizeConfig{
				MessageID:    key,
				TemplateData: c.data(try, args),
				PluralCount:  count(m, args),
			})
			if err == nil {
				return strings.TrimRight(text, "\n")
			}
			break
		}
	}
	if c.Missing != nil {
		c.Missing(lang, key)
	}
	return key
}

// Has says whether lang itself has a text for key.
func (c *Catalogue) Has(lang, key string) bool { return c.messages[lang][key] != nil }

// Raw gives the text of key in lang with its placeholders as they are written,
// and the general plural form; empty when there is none.
func (c *Catalogue) Raw(lang, key string) string {
	if m := c.messages[lang][key]; m != nil {
		return m.Other
	}
	return ""
}

// Keys lists the keys of lang that start with prefix, sorted.
func (c *Catalogue) Keys(lang, prefix string) []string {
	var keys []string
	for k := range c.messages[lang] {
		if strings.HasPrefix(k, prefix) {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return keys
}

// Fault gives the text of err for a caller: that of its code, with its
// arguments. An error that is no fault reads as an internal one.
func (c *Catalogue) Fault(lang string, err error) string {
	e := fault.Of(err)
	if e.Kind == fault.Internal {
		return c.Text(lang, "fault.internal", nil)
	}
	return c.Text(lang, "fault."+e.Code, e.Args)
}

// Field gives the text of one wrong place in the input.
func (c *Catalogue) Field(lang string, f fault.Field) string {
	return c.Text(lang, "fault."+f.Code, f.Args)
}

// Match picks the language for an Accept-Language header (RFC 9110, 12.5.4):
// every kind of Chinese reads zh-CN, and what fits nothing reads Default.
func (c *Catalogue) Match(acceptLanguage string) string {
	if len(acceptLanguage) > 500 { // nobody prefers this many languages
		return c.known("")
	}
	tags, _, err := xlanguage.ParseAcceptLanguage(acceptLanguage)
	if err != nil {
		return c.known("")
	}
	// One tag at a time: matched together, a distant "en" would win over a
	// preferred "zh-HK", because the matcher finds traditional script far away.
	for _, tag := range tags {
		if _, i, confidence := c.matcher.Match(tag); confidence != xlanguage.No {
			return language.All()[i]
		}
	}
	return c.known("")
}

// known gives lang if the catalogue has it, and the default if not.
func (c *Catalogue) known(lang string) string {
	for _, l := range []string{lang, c.Default} {
		if language.Known(l) {
			return l
		}
	}
	return language.English
}

var errNotFlat = errors.New("a text is a string, or a map of plural forms")
