package apptest

import (
	"fmt"
	"slices"
	"strings"
)

// Dump gives every row of every table of the installation's own database, by
// the table's name, sorted: what was to change nothing is held against it. The
// tallies are left out, which follow the audit log at their own pace.
func (w *World) Dump() map[string]string {
	w.T.Helper()
	all := map[string]string{}
	for _, table := range w.tables() {
		if slices.Contains([]string{"tallies", "tallied", "tallied_closures"}, table) {
			continue
		}
		all[table] = strings.Join(w.rows(`SELECT * FROM `+table), "\n")
	}
	return all
}

func (w *World) tables() []string {
	list := `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`
	if strings.HasPrefix(w.Config.DSN(), "postgres") {
		list = `SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'`
	}
	return w.rows(list)
}

// rows gives a query's rows, each as its columns joined by bars.
func (w *World) rows(query string) []string {
	w.T.Helper()
	found, err := w.App.DB.Read.QueryContext(w.T.Context(), query)
	w.Must(err)
	defer found.Close()
	names, err := found.Columns()
	w.Must(err)
	var all []string
	for found.Next() {
		cells, into, words := make([]any, len(names)), make([]any, len(names)), make([]string, len(names))
		for i := range cells {
			into[i] = &cells[i]
		}
		w.Must(found.Scan(into...))
		for i, cell := range cells {
			if words[i] = text(cell); names[i] == "active_at" || names[i] == "due_at" {
				words[i] = "used" // written in batches, whenever a request before was long enough ago
			}
		}
		all = append(all, strings.Join(words, "|"))
	}
	w.Must(found.Err())
	slices.Sort(all)
	return all
}

func text(cell any) string {
	if b, ok := cell.([]byte); ok {
		return fmt.Sprintf("%x", b)
	}
	return fmt.Sprint(cell)
}
