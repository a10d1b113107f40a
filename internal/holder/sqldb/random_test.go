package sqldb_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/holder/holdertest"
)

// A company's tables: people; things of theirs, two links deep, with a
// reference among themselves; and rows that name people in two columns.
const company = `CREATE TABLE people (id INTEGER PRIMARY KEY, account TEXT NOT NULL, mail TEXT);
CREATE TABLE things (id INTEGER PRIMARY KEY, person_id INTEGER REFERENCES people (id), inside_id INTEGER REFERENCES things (id), tag TEXT);
CREATE TABLE parts (id INTEGER PRIMARY KEY, thing_id INTEGER REFERENCES things (id) ON DELETE CASCADE, tag TEXT);
CREATE TABLE letters (id INTEGER PRIMARY KEY, sender TEXT, receiver TEXT, tag TEXT);
CREATE TABLE bills (id INTEGER PRIMARY KEY, account TEXT, mail TEXT, mobile TEXT);
`

// choices are the ways to treat each table; every combination makes a mapping.
// A thing's rows can only stay where nothing they lead to goes.
var choices = [][]string{
	{"  - {table: people, person: {column: account, match: account}, action: delete}\n"},
	{
		"  - {table: things, via: {column: person_id, table: people}, action: delete}\n  - {table: things, name: inner, via: {column: inside_id, table: things}, action: blank, blank: [inside_id]}\n",
		"  - {table: things, via: {column: person_id, table: people}, action: blank, blank: [person_id, tag]}\n",
		"  - {table: things, via: {column: person_id, table: people}, action: reassign, reassign: {column: person_id, to: successor}, pseudonymise: [tag]}\n",
		"  - {table: things, via: {column: person_id, table: people}, action: keep, until: {days: 1}, basis: law, blank: [person_id]}\n",
	},
	{
		"  - {table: parts, via: {column: thing_id, table: things}, action: delete}\n",
		"  - {table: parts, via: {column: thing_id, table: things}, action: blank, blank: [thing_id]}\n",
		"  - {table: parts, via: {column: thing_id, table: things}, action: keep, until: {years: 1}, basis: law, blank: [thing_id], pseudonymise: [tag]}\n",
	},
	{
		"  - {table: letters, name: sent, person: {column: sender, match: email}, action: delete}\n  - {table: letters, name: got, person: {column: receiver, match: email}, action: pseudonymise, pseudonymise: [receiver]}\n",
		"  - {table: letters, name: sent, person: {column: sender, match: email}, action: reassign, reassign: {column: sender, to: successor, match: email}}\n  - {table: letters, name: got, person: {column: receiver, match: email}, action: blank, blank: [receiver]}\n",
	},
	{
		"  - {table: bills, person: {column: account, match: account}, action: keep, until: {months: 6}, basis: law, pseudonymise: [account], blank: [mail, mobile]}\n",
		"  - {table: bills, person: {column: mobile, match: mobile}, action: delete}\n",
		"  - {table: bills, person: {column: account, match: account}, action: delete}\n  - {table: bills, name: by mail, person: {column: mail, match: email}, action: delete}\n",
	},
}

// row is one row of the company, with whose it is.
type row struct {
	table  string
	id     int
	values []any
	owners []int // the people whom it leads to; others' rows must not change
}

type population struct {
	people []holder.Subject
	rows   []row
}

// draw makes people and rows. Who is a row's owner is known here by how it was
// made, not by asking the code that is tested.
func draw(rt *rapid.T) population {
	var p population
	n := rapid.IntRange(2, 5).Draw(rt, "people")
	nobody := rapid.IntRange(-1, n-1) // -1: a row of nobody's
	id := 0
	add := func(table string, owners []int, values ...any) row {
		id++
		r := row{table, id, values, owners}
		p.rows = append(p.rows, r)
		return r
	}
	var mine []row // the people's own rows, then things
	for i := range n {
		p.people = append(p.people, holdertest.Person(fmt.Sprint(i)))
		mine = append(mine, add("people", []int{i}, p.people[i].Account, p.mail(rt, i)))
	}
	var things []row
	for range rapid.IntRange(0, 6).Draw(rt, "things") {
		owner := nobody.Draw(rt, "owner")
		var person, inside any
		owners := []int{}
		if owner >= 0 {
			person, owners = mine[owner].id, append(owners, owner)
		}
		if k := rapid.IntRange(-1, len(things)-1).Draw(rt, "inside"); k >= 0 {
			inside = things[k].id
			owners = append(owners, things[k].owners...) // its link may be blanked
		}
		things = append(things, add("things", owners, person, inside, "tag"))
	}
	for range rapid.IntRange(0, 6).Draw(rt, "parts") {
		if k := rapid.IntRange(-1, len(things)-1).Draw(rt, "of"); k >= 0 {
			add("parts", things[k].owners, things[k].id, "tag")
		} else {
			add("parts", nil, nil, "tag")
		}
	}
	value := func(i int, of func(int) any) any {
		if i < 0 {
			return nil
		}
		return of(i)
	}
	mail := func(i int) any { return p.mail(rt, i) }
	for range rapid.IntRange(0, 5).Draw(rt, "letters") {
		from, to := nobody.Draw(rt, "from"), nobody.Draw(rt, "to")
		add("letters", []int{from, to}, value(from, mail), value(to, mail), "tag")
	}
	for range rapid.IntRange(0, 5).Draw(rt, "bills") {
		of := nobody.Draw(rt, "of")
		add("bills", []int{of}, value(of, func(i int) any { return p.people[i].Account }), value(of, mail),
			value(of, func(i int) any { return p.people[i].Key(holder.ByMobile)[0] }))
	}
	return p
}

// mail gives one of a person's addresses, in some case.
func (p population) mail(rt *rapid.T, i int) string {
	v := rapid.SampledFrom(p.people[i].Key(holder.ByEmail)).Draw(rt, "mail")
	if rapid.Bool().Draw(rt, "upper") {
		return strings.ToUpper(v)
	}
	return v
}

var companyTables = []string{"people", "things", "parts", "letters", "bills"}

// Whatever the mapping and the rows, nothing leads to the person afterwards,
// and every row that did not lead to them is as it was.
func TestOnlyTheirOwnRowsChange(t *testing.T) {
	everywhere(t, func(t *testing.T, open func(*testing.T, string) *world) {
		w := open(t, company)
		round := 0
		rapid.Check(t, func(rt *rapid.T) {
			round++
			for _, table := range slices.Backward(companyTables) {
				w.exec(t, "DELETE FROM "+table)
			}
			p := draw(rt)
			for _, r := range p.rows {
				marks := []string{"$1"}
				for i := range r.values {
					marks = append(marks, fmt.Sprint("$", i+2))
				}
				w.exec(t, "INSERT INTO "+r.table+" VALUES ("+strings.Join(marks, ", ")+")", append([]any{r.id}, r.values...)...)
			}
			var entries []string
			for i, c := range choices {
				entries = append(entries, rapid.SampledFrom(c).Draw(rt, fmt.Sprint("choice ", i)))
			}
			mapping := law + "tables:\n" + strings.Join(rapid.Permutation(entries).Draw(rt, "order"), "")
			who := p.people[0]
			who.Successor = &p.people[1]
			before := w.rows(t, companyTables...)

			h := w.open(t, mapping)
			defer h.Close()
			task := holder.Task{Key: fmt.Sprint(round), Subject: who, At: holdertest.At()}
			receipt, err := h.Erase(t.Context(), task)
			if err != nil {
				rt.Fatalf("%v\n%s\n%v", err, mapping, before)
			}
			after := w.rows(t, companyTables...)
			for _, r := range p.rows {
				key := fmt.Sprintf("%s#%d", r.table, r.id)
				if !slices.Contains(r.owners, 0) && after[key] != before[key] {
					rt.Fatalf("%s was %s and is %q\n%s", key, before[key], after[key], mapping)
				}
			}
			if len(after) > len(before) {
				rt.Fatalf("rows appeared: %v", after)
			}
			left, err := h.Verify(t.Context(), who)
			if err != nil || len(left.Items) > 0 {
				rt.Fatalf("left over: %+v, %v\n%s", left, err, mapping)
			}
			for key, text := range after {
				for _, kind := range []string{holder.ByAccount, holder.ByEmail, holder.ByMobile} {
					for _, v := range who.Key(kind) {
						if strings.Contains(strings.ToLower(text), v) {
							rt.Fatalf("%s still says %s\n%s", key, text, mapping)
						}
					}
				}
			}
			again, err := h.Erase(t.Context(), task)
			if err != nil || fmt.Sprint(again) != fmt.Sprint(receipt) {
				rt.Fatalf("first %+v, then %+v, %v", receipt, again, err)
			}
		})
	})
}
