package demo

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"github.com/signoff-id/signoff/internal/holder"
)

// holding is how much there is under one heading of a data holder: of the
// person, and in all.
type holding struct {
	holder, item, action string
	own, all             int64
}

// rest is what there is of everybody else and of nobody.
func (h holding) rest() int64 { return h.all - h.own }

// holdings asks the data holders what they have of a person, and the company's
// own database and folder how much they hold in all.
func (w *Walk) holdings(ctx context.Context, p Person) ([]holding, error) {
	subject := holder.Subject{Account: p.Account, Identifiers: map[string][]string{holder.ByUsername: {p.Username}, holder.ByEmail: {p.email()}}}
	db, err := openCRM(w.demo.crmPath())
	if err != nil {
		return nil, err
	}
	defer db.Close()
	var all []holding
	for _, name := range w.app.Holders.Names() {
		h, err := w.app.Holders.Get(name)
		if err != nil {
			return nil, err
		}
		items, err := h.Count(ctx, subject)
		if err != nil {
			return nil, err
		}
		for _, i := range items {
			one := holding{holder: name, item: i.Name, action: i.Action, own: i.Count}
			if one.all, err = w.total(ctx, db, name, i.Name); err != nil {
				return nil, err
			}
			all = append(all, one)
		}
	}
	return all, nil
}

func (w *Walk) total(ctx context.Context, db *sql.DB, holderName, item string) (n int64, err error) {
	if holderName == documentsName {
		found, err := files(w.demo.documentsPath())
		return int64(len(found)), err
	}
	// The items are the mapping's tables, none of them typed by anybody.
	err = db.QueryRowContext(ctx, `SELECT count(*) FROM "`+item+`"`).Scan(&n)
	return n, err
}

// compare shows both counts and checks that what was to go has gone, that what
// was to stay has stayed, and that nobody else has lost anything.
func (w *Walk) compare(before, after []holding) {
	var rows [][]string
	well := len(before) == len(after)
	for i, b := range before {
		if i >= len(after) {
			break
		}
		a := after[i]
		kept := b.own
		if b.action == holder.Delete {
			kept = 0
		}
		well = well && b.own > 0 && a.own == 0 && a.rest() == b.rest()+kept
		rows = append(rows, []string{b.holder, b.item, w.say("action." + b.action), arrow(b.own, a.own), arrow(b.rest(), a.rest())})
	}
	w.table([]string{"holder", "item", "action", "own", "rest"}, rows)
	w.check(well, "holders_right")
}

func arrow(before, after int64) string {
	return strconv.FormatInt(before, 10) + " → " + strconv.FormatInt(after, 10)
}

// rows are some rows of the company's database as its own people see them.
func (w *Walk) rows(ctx context.Context, p Person) ([][2]string, error) {
	db, err := openCRM(w.demo.crmPath())
	if err != nil {
		return nil, err
	}
	defer db.Close()
	n := seat(p.Username)
	var out [][2]string
	for _, q := range []struct{ what, query string }{
		{"deals.owner", `SELECT e.name FROM deals d JOIN employees e ON e.id = d.owner_id WHERE d.id = $1 * 10`},
		{"notes.author", `SELECT author FROM notes WHERE id = $1 * 10`},
		{"messages", `SELECT group_concat(text, ' / ') FROM messages WHERE sender_id = $1`},
		{"invoices.issuer_name", `SELECT issuer_name FROM invoices WHERE id = $1 * 10`},
		{"invoices.issuer", `SELECT issuer FROM invoices WHERE id = $1 * 10`},
		{"invoices.number", `SELECT number FROM invoices WHERE id = $1 * 10`},
	} {
		var value sql.NullString
		if err := db.QueryRowContext(ctx, q.query, n).Scan(&value); err != nil {
			return nil, fmt.Errorf("demo: %s: %w", q.what, err)
		}
		out = append(out, [2]string{q.what, shown(value.String)})
	}
	found, err := files(w.demo.documentsPath() + "/people/" + p.Username)
	out = append(out, [2]string{documentsName, shown(strings.Join(found, " / "))})
	return out, err
}

func shown(s string) string {
	if s == "" {
		return "—"
	}
	if r := []rune(s); len(r) > 40 {
		return string(r[:38]) + " …"
	}
	return s
}

// show prints rows before and after.
func (w *Walk) show(before, after [][2]string) {
	var rows [][]string
	for i := range before {
		rows = append(rows, []string{before[i][0], before[i][1], after[i][1]})
	}
	w.table([]string{"what", "before", "after"}, rows)
}
