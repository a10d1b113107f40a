package storetest

import (
	"reflect"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/store"
)

// What was chosen and shown in the first half of a sign-in is there in the
// second: nothing of a step is lost on its way through the database.
func TestEveryFieldOfAStepIsKept(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		var st access.Step
		fill(t, reflect.ValueOf(&st).Elem())
		st.Tries, st.ExpiresAt = 0, day.Add(time.Hour) // a new one, which lives
		update(t, db, func(tx *store.Tx) error { return tx.InsertStep(t.Context(), st) })
		read := map[string]access.Step{}
		update(t, db, func(tx *store.Tx) (err error) {
			if read["Step"], err = tx.Step(t.Context(), st.Purpose, st.Hash, day); err == nil {
				read["TakeStep"], err = tx.TakeStep(t.Context(), st.Purpose, st.Hash, day)
			}
			return err
		})
		for by, got := range read {
			for i := range reflect.TypeFor[access.Step]().NumField() {
				name := reflect.TypeFor[access.Step]().Field(i).Name
				if got, want := reflect.ValueOf(got).Field(i).Interface(), reflect.ValueOf(st).Field(i).Interface(); !reflect.DeepEqual(got, want) {
					t.Errorf("%s: a step's %s was %+v and is %+v: keep it in internal/store/step.go (begun, for what a sign-in says of itself)", by, name, want, got)
				}
			}
		}
	})
}

// fill puts something into every field.
func fill(t *testing.T, v reflect.Value) {
	t.Helper()
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(day))
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			fill(t, v.Field(i))
		}
	case v.Kind() == reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(t, v.Index(i))
		}
	case v.Kind() == reflect.String:
		v.SetString("words")
	case v.Kind() == reflect.Bool:
		v.SetBool(true)
	case v.CanInt():
		v.SetInt(7)
	case v.CanUint():
		v.SetUint(7)
	default:
		t.Fatalf("%s: say how it is filled", v.Type())
	}
}
