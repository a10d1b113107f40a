package certificate

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
	"text/template"
	"time"
	"unicode"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/language"
)

//go:embed render/*.tmpl
var templates embed.FS

// Render gives c as plain text for people, in one of our languages and, for any
// other, in English. It checks nothing: render only what Verify gave.
func (c Certificate) Render(lang string) string {
	w := sayings[language.OrEnglish(lang)]()
	if c.Kind == OfOrganisation {
		w.file = "organisation." + w.file
	}
	t, err := template.New(w.file).Funcs(template.FuncMap{
		"time": w.time, "date": w.date, "event": func(i int) string { return w.event(c, i) }, "done": w.done, "kind": w.kind,
		"title": w.title, "clean": clean, "number": number, "size": c.logSize,
	}).ParseFS(templates, "render/"+w.file)
	if err != nil {
		panic("certificate: template: " + err.Error())
	}
	var b strings.Builder
	if err := t.Execute(&b, c); err != nil {
		panic("certificate: template: " + err.Error())
	}
	return b.String()
}

// logSize is the number of entries that the checkpoint was signed over.
func (c Certificate) logSize() string {
	lines := strings.SplitN(c.Audit.Checkpoint, "\n", 3)
	if len(lines) < 3 {
		return "?"
	}
	return clean(lines[1])
}

// words is how one language says what is not in the template.
type words struct {
	lang, file     string
	zone           *time.Location
	atLayout       string
	dayLayout      string
	events, kinds  map[string]string
	actions        map[string]string
	someHolder     string // a data holder whose name is not there
	keptPlain      string // kept, no date
	keptUntil      string // kept, until a date
	alsoUntil      string // done to what is kept until a date
	count, bytes   string
	between, basis string
}

func (w words) time(t time.Time) string { return t.In(w.zone).Format(w.atLayout) }
func (w words) date(t time.Time) string { return t.In(w.zone).Format(w.dayLayout) }

// event says what a step was; where its words leave room for a data holder, the
// step's audit record names it.
func (w words) event(c Certificate, step int) string {
	text := orCode(w.events, c.Timeline[step].Event)
	if own, ok := w.events["organisation_"+c.Timeline[step].Event]; ok && c.Kind == OfOrganisation {
		return own
	}
	if !strings.Contains(text, "%s") {
		return text
	}
	e, err := audit.ParseRecord(c.Audit.Entries[step].Record)
	if err != nil || e.Data["holder"] == "" {
		return fmt.Sprintf(text, w.someHolder)
	}
	name := e.Data["holder"]
	for _, h := range c.Holders {
		if h.Name == name {
			return fmt.Sprintf(text, w.title(h.Title, name))
		}
	}
	return fmt.Sprintf(text, clean(name))
}

func (w words) kind(code string) string { return orCode(w.kinds, code) }

// orCode: a code that has no word yet stands for itself.
func orCode(m map[string]string, code string) string {
	if s, ok := m[code]; ok {
		return s
	}
	return clean(code)
}

// title picks the text of the language, then English, then what there is to
// name the thing by.
func (w words) title(texts map[string]string, name string) string {
	for _, lang := range []string{w.lang, language.English} {
		if s := texts[lang]; s != "" {
			return clean(s)
		}
	}
	return clean(name)
}

// done says in one line what was done with an item.
func (w words) done(i Item) string {
	parts := []string{w.actions[i.Action]}
	switch {
	case i.Action == ActionKeep && i.Until == nil:
		parts[0] = w.keptPlain
	case i.Action == ActionKeep:
		parts[0] = fmt.Sprintf(w.keptUntil, w.date(*i.Until))
	case i.Until != nil:
		parts = append(parts, fmt.Sprintf(w.alsoUntil, w.date(*i.Until)))
	}
	quantity := fmt.Sprintf(w.count, number(i.Count))
	if i.Bytes > 0 {
		quantity += fmt.Sprintf(w.bytes, number(i.Bytes))
	}
	line := strings.Join(append(parts, quantity), w.between)
	if i.Basis != "" {
		line += fmt.Sprintf(w.basis, w.title(i.BasisText, i.Basis))
	}
	return line
}

// number groups digits by three.
func number(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// clean keeps names from other systems on one line and away from the terminal:
// control and direction characters become spaces.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) {
			return ' '
		}
		return r
	}, s)
}
