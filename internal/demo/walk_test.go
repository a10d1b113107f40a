package demo_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/demo"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/texts"
)

func world() app.World {
	w := app.TheWorld(slog.New(slog.NewTextHandler(io.Discard, nil)))
	w.Cost = identity.Cost{Memory: 64, Passes: 1}
	return w
}

func TestWalkSeesBothClosuresThrough(t *testing.T) {
	for _, lang := range language.All() {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			catalogue, err := texts.Load()
			if err != nil {
				t.Fatal(err)
			}
			catalogue.Missing = func(lang, key string) { t.Errorf("no text for %s in %s", key, lang) }
			var out bytes.Buffer
			w := &demo.Walk{Dir: t.TempDir(), World: world(), Texts: catalogue, Lang: lang, Out: &out, Align: tabs}
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			if err := w.Run(ctx); err != nil {
				t.Fatalf("%v\n%s", err, out.String())
			}
			for _, want := range []string{"wecom", "p_", "5 → 5", "DEMO-0020"} {
				if !strings.Contains(out.String(), want) {
					t.Errorf("nothing is said of %q:\n%s", want, out.String())
				}
			}
			if strings.Contains(out.String(), "<no value>") {
				t.Errorf("a text lacks an argument:\n%s", out.String())
			}
		})
	}
}

func tabs(rows [][]string) string {
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(strings.Join(r, "\t") + "\n")
	}
	return b.String()
}

// Two demos draw different passwords; a second start finds the same people.
func TestDemoIsMadeOnceAndReused(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	first, err := demo.Open(t.Context(), dir, "127.0.0.1:0", world())
	if err != nil {
		t.Fatal(err)
	}
	again, err := demo.Open(t.Context(), dir, "127.0.0.1:0", world())
	if err != nil {
		t.Fatal(err)
	}
	if !first.Fresh || again.Fresh || first.Person(demo.SalesOne) != again.Person(demo.SalesOne) {
		t.Errorf("made twice: fresh %v and %v", first.Fresh, again.Fresh)
	}
	other, err := demo.Open(t.Context(), filepath.Join(t.TempDir(), "demo"), "", world())
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, p := range append(first.People, other.People...) {
		if len(p.Password) < 16 || seen[p.Password] {
			t.Errorf("%s has a password that is short or not its own", p.Username)
		}
		seen[p.Password] = true
	}
}

func TestDemoTakesNobodysFolder(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "mine.txt"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := demo.Open(t.Context(), dir, "", world()); !fault.Is(err, "demo_folder_taken") {
		t.Errorf("got %v", err)
	}
	unfinished := filepath.Join(t.TempDir(), "demo")
	if _, err := demo.Open(t.Context(), unfinished, "", world()); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(unfinished, "people.json")); err != nil {
		t.Fatal(err)
	}
	if _, err := demo.Open(t.Context(), unfinished, "", world()); !fault.Is(err, "demo_unfinished") {
		t.Errorf("got %v", err)
	}
}
