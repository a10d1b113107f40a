package demo

import (
	"fmt"
	"strings"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/language"
)

func (w *Walk) say(key string, args ...any) string {
	return w.Texts.Text(w.Lang, "demo.walk."+key, fault.Pairs(args...))
}

// scene prints a heading in both languages.
func (w *Walk) scene(key string) {
	zh := w.Texts.Text(language.Chinese, "demo.walk."+key, nil)
	en := w.Texts.Text(language.English, "demo.walk."+key, nil)
	fmt.Fprintf(w.Out, "\n━━ %s · %s\n\n", zh, en)
}

// line says something.
func (w *Walk) line(key string, args ...any) { fmt.Fprintln(w.Out, w.say(key, args...)) }

func (w *Walk) blank() { fmt.Fprintln(w.Out) }

// check says what should be so, and whether it is.
func (w *Walk) check(ok bool, key string, args ...any) {
	mark := "✓"
	if !ok {
		mark = "✗"
		w.failed++
	}
	fmt.Fprintf(w.Out, "  %s %s\n", mark, w.say(key, args...))
}

// table prints rows under headings that the keys name.
func (w *Walk) table(keys []string, rows [][]string) {
	head := make([]string, len(keys))
	for i, k := range keys {
		head[i] = w.say("col." + k)
	}
	w.blank()
	w.indented(w.Align(append([][]string{head}, rows...)))
	w.blank()
}

func (w *Walk) indented(text string) {
	for l := range strings.Lines(text) {
		if l = strings.TrimRight(l, "\n"); l != "" {
			l = "    " + l
		}
		fmt.Fprintln(w.Out, l)
	}
}

// conditions lists what holds and what does not.
func (w *Walk) conditions(all client.Conditions) {
	for _, c := range all.Conditions {
		mark := "✓"
		if !c.Met {
			mark = "✗"
		}
		fmt.Fprintf(w.Out, "    %s %s\n", mark, c.Text)
	}
}
