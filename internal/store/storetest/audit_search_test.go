package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/store"
)

// diary is forty happenings that differ in everything that a filter asks for,
// and one more that has no place yet.
func diary(t *testing.T, db *store.DB) []audit.Entry {
	t.Helper()
	update(t, db, func(tx *store.Tx) error {
		for i := range 40 {
			e := happening(i)
			e.Action = []string{"member.put", "member.removed", "account.created"}[i%3]
			e.Account, e.Organisation = fmt.Sprintf("a%d", i%4), []string{"", "o1", "o2"}[i%3]
			e.Actor.ID = fmt.Sprintf("boss%d", i%5)
			if err := tx.AppendAudit(t.Context(), e); err != nil {
				return err
			}
		}
		return nil
	})
	sequence(t, auditLog(t, db), 40)
	appendEntries(t, db, 40, 41)
	all, err := db.AuditReads().AuditEntries(t.Context(), 0, 100)
	if err != nil || len(all) != 40 {
		t.Fatalf("%d entries, %v", len(all), err)
	}
	return all
}

func TestTheAuditLogIsSearchedByEveryField(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		all := diary(t, db)
		at := func(i int) time.Time { return happening(i).At }
		for i, f := range []audit.Filter{
			{}, {Action: "member.put"}, {Action: "member"}, {Organisation: "o1"}, {Account: "a3"}, {Actor: "boss2"}, {Account: "nobody"},
			{Since: at(7)}, {Until: at(7)}, {Since: at(7), Until: at(8)}, {Since: at(8), Until: at(7)},
			{Action: "member.put", Account: "a1", Actor: "boss4", Organisation: "", Since: at(3), Until: at(39)}, {From: 12}, {From: 12, Organisation: "o2"},
		} {
			for _, f.Newest = range []bool{false, true} {
				if f.Newest && f.From == 0 {
					f.From = audit.End
				}
				var want []audit.Entry
				for _, e := range all {
					if f.Chooses(e) {
						want = append(want, e)
					}
				}
				if f.Newest {
					slices.Reverse(want)
				}
				if got := paged(t, db, f); !slices.EqualFunc(got, want, func(a, b audit.Entry) bool { return a.Seq == b.Seq && a.ID == b.ID }) {
					t.Errorf("%d newest first %v: %d entries, not %d", i, f.Newest, len(got), len(want))
				}
			}
		}
		if some := paged(t, db, audit.Filter{Action: "member.put"}); len(some) != 14 {
			t.Errorf("%d of member.put", len(some))
		}
	})
}

// paged reads all that a filter chooses, three at a time.
func paged(t *testing.T, db *store.DB, f audit.Filter) (all []audit.Entry) {
	t.Helper()
	f.Limit = 3
	for {
		some, err := db.AuditReads().AuditSearch(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		if all = append(all, some...); len(some) < 3 || len(all) > 100 {
			return all
		}
		if f.From = some[2].Seq + 1; f.Newest {
			f.From = some[2].Seq - 1
		}
	}
}
