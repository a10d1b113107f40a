package app_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/app/apptest"
)

// tables gives every row of every table as text, the queue's tables included.
func tables(w *apptest.World) map[string]string {
	w.T.Helper()
	names := `SELECT name FROM sqlite_master WHERE type = 'table'`
	if !onSQLite(w) {
		names = `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`
	}
	all := map[string]string{}
	for _, name := range rows(w, names) {
		var lines []string
		for _, r := range rows(w, `SELECT * FROM "`+name[0]+`"`) {
			lines = append(lines, strings.Join(r, " | "))
		}
		slices.Sort(lines)
		all[name[0]] = strings.Join(lines, "\n")
	}
	return all
}

func onSQLite(w *apptest.World) bool {
	return strings.HasPrefix(w.Config.DSN(), "sqlite:")
}

// nowhere fails when one of the texts stands in a table or in the log.
func nowhere(t *testing.T, w *apptest.World, log string, texts ...string) {
	t.Helper()
	all := tables(w)
	if len(all) < 10 {
		t.Fatalf("only %d tables found", len(all))
	}
	all["the log"] = log
	for where, text := range all {
		for _, planted := range texts {
			if at := strings.Index(text, planted); at >= 0 {
				t.Errorf("%s holds %q: …%s…", where, planted, text[max(0, at-200):min(len(text), at+100)])
			}
		}
	}
}
