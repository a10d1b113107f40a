package ui

import (
	"context"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/a-h/templ"

	"github.com/signoff-id/signoff/internal/web/asset"
)

// Page is what every page knows beside its content.
type Page struct {
	Words
	Title   string
	Path    string // of this page: what the menus mark
	Query   string // of this page, raw: where the language switch comes back to
	Token   string // that the page's forms carry
	Note    *Note  // of what has just happened; nil for none
	Version string
	Theme   string // "auto", "light" or "dark"

	Who     Who
	Unread  int    // messages
	Console []Item // what the person may open of the console; empty: nothing
}

// Who is the person that looks; the zero one is anybody.
type Who struct {
	Tag  string // stands for the account in this browser, and tells nothing of it
	Name string
	Hint string // a masked identifier
}

// Signed says whether somebody is signed in.
func (p *Page) Signed() bool { return p.Who.Tag != "" }

// Letter stands for the person where there is no picture.
func (w Who) Letter() string {
	r, _ := utf8.DecodeRuneInString(w.Name)
	if w.Name == "" {
		return "·"
	}
	return strings.ToUpper(string(r))
}

// Note is something that a person is told on top of a page.
type Note struct {
	Kind string // "success", "info", "warning" or "danger"
	Text string
}

// Item is an entry of a menu.
type Item struct {
	Path  string
	Icon  string
	Label string
	Group string // its heading; "" for none
	Count int    // shown beside it when it is not zero
}

// here says whether an item's page, or one below it, is this page.
func (p *Page) here(path string) bool {
	return p.Path == path || path != "/" && path != "/console" && strings.HasPrefix(p.Path, path+"/")
}

// Icon draws an icon that is only an ornament: screen readers skip it.
func Icon(name string) templ.Component { return icon(name, "icon") }

// BigIcon is Icon in the size of a heading.
func BigIcon(name string) templ.Component { return icon(name, "icon icon-big") }

func icon(name, class string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, out io.Writer) error {
		_, err := fmt.Fprintf(out, `<svg class="%s" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.5" `+
			`stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">%s</svg>`, class, asset.Icon(name))
		return err
	})
}

// alertIcon is the icon of a kind of note.
func alertIcon(kind string) string {
	switch kind {
	case "success":
		return "circle-check"
	case "warning":
		return "alert-triangle"
	case "danger":
		return "alert-circle"
	default:
		return "info-circle"
	}
}

// back is this page's address, for forms that come back to it.
func (p *Page) back() string {
	if p.Query == "" {
		return p.Path
	}
	return p.Path + "?" + p.Query
}
