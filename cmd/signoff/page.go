package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/text/width"
)

// show prints what a command found: v as JSON for programs, or what human
// writes for people.
func (e *env) show(v any, human func(p *page)) error {
	if e.json {
		enc := json.NewEncoder(e.out)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(v)
	}
	p := &page{e: e}
	human(p)
	_, err := io.WriteString(e.out, p.b.String())
	return err
}

// done prints what a command changed: v as JSON, or one sentence.
func (e *env) done(v any, key string, args ...any) error {
	return e.show(v, func(p *page) { p.line(e.say("done."+key, args...)) })
}

// page is text for people: sentences, lists of names and values, tables.
type page struct {
	e *env
	b strings.Builder
}

func (p *page) line(text string) { fmt.Fprintln(&p.b, text) }

func (p *page) blank() { p.b.WriteByte('\n') }

// heading starts a section; its key is a column's.
func (p *page) heading(key string) {
	p.blank()
	p.line(p.e.say("col." + key))
}

// pair is a name, by its key, and a value. Empty values are left out.
type pair struct{ key, value string }

func (p *page) pairs(all ...pair) {
	widest := 0
	for _, x := range all {
		if x.value != "" {
			widest = max(widest, cells(p.e.say("col."+x.key)))
		}
	}
	for _, x := range all {
		if x.value != "" {
			p.line(pad(p.e.say("col."+x.key), widest) + "  " + x.value)
		}
	}
}

// table prints rows under the headings that the keys name; without rows it says
// that there is nothing.
func (p *page) table(keys []string, rows [][]string) {
	if len(rows) == 0 {
		p.line(p.e.say("nothing"))
		return
	}
	head := make([]string, len(keys))
	for i, k := range keys {
		head[i] = p.e.say("col." + k)
	}
	p.b.WriteString(align(append([][]string{head}, rows...)))
}

// align puts columns under each other, two spaces apart.
func align(rows [][]string) string {
	var widths []int
	for _, row := range rows {
		for i, c := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], cells(c))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		line := ""
		for i, c := range row {
			line += pad(c, widths[i]) + "  "
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

func pad(s string, to int) string { return s + strings.Repeat(" ", max(0, to-cells(s))) }

// cells is how wide a terminal shows a text: characters of East Asian width
// take two (Unicode Standard Annex 11).
func cells(s string) int {
	n := 0
	for _, r := range s {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

func when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04:05 UTC")
}

// word gives the catalogue's word for a code, or the code where there is none.
func (e *env) word(code string) string {
	if code == "" || !e.texts.Has(e.lang, "cli.word."+code) {
		return code
	}
	return e.say("word." + code)
}

func (e *env) words(codes []string) string {
	all := make([]string, len(codes))
	for i, c := range codes {
		all[i] = e.word(c)
	}
	return strings.Join(all, e.say("list_separator"))
}

func (e *env) yes(b bool) string {
	if b {
		return e.say("yes")
	}
	return e.say("no")
}
