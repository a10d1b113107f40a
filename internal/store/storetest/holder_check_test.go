package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/store"
)

func TestTheLastCheckOfAHolderIsKept(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		save := func(all ...holder.LastCheck) {
			t.Helper()
			for _, c := range all {
				update(t, db, func(tx *store.Tx) error { return tx.SaveHolderCheck(t.Context(), c) })
			}
		}
		unfit := fault.New(fault.Invalid, "holder_mapping_unfit", "holder", "crm", "count", 2).At("line 3", "holder_table_missing", "table", "people").At("line 9", "required")
		save(holder.LastCheck{Holder: "crm", At: day.Add(time.Hour)}, holder.LastCheck{Holder: "files", At: day},
			holder.LastCheck{Holder: "crm", At: day.Add(2 * time.Hour), Problem: unfit},
			holder.LastCheck{Holder: "crm", At: day}) // from a node that was slow
		want := map[string]holder.LastCheck{"files": {Holder: "files", At: day}, "crm": {Holder: "crm", At: day.Add(2 * time.Hour), Problem: unfit}}
		err := db.View(t.Context(), func(tx *store.Tx) error {
			got, err := tx.HolderChecks(t.Context())
			for name, w := range want {
				g := got[name]
				if g.Holder != w.Holder || !g.At.Equal(w.At) || fmt.Sprint(g.Problem) != fmt.Sprint(w.Problem) {
					t.Errorf("%s: %+v, want %+v", name, g, w)
				}
			}
			if len(got) != len(want) {
				t.Errorf("%d holders, want %d", len(got), len(want))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
