package api_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
)

// moody is a data holder that is as ready as a test wants it.
type moody struct {
	holder.Holder
	check func(context.Context) error
}

func (m *moody) Describe() holder.Description {
	return holder.Description{Name: "crm", Kind: "test", Items: []holder.Described{{Name: "people", Action: holder.Delete}}}
}
func (m *moody) Check(ctx context.Context) error { return m.check(ctx) }
func (m *moody) Close() error                    { return nil }

// What a holder said last is there for everybody who asks later.
func TestHoldersShowTheirLastCheck(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			m := &moody{}
			set, err := holder.NewSet(m)
			if err != nil {
				t.Fatal(err)
			}
			s := newScene(t, engine, apptest.WithHolders(set))
			ctx, auditor := t.Context(), s.callers["auditor"]
			last := func() *client.HolderCheck {
				t.Helper()
				all, err := auditor.Holders(ctx)
				s.Must(err)
				if len(all) != 1 || all[0].Name != "crm" {
					t.Fatalf("%+v", all)
				}
				return all[0].LastCheck
			}
			if c := last(); c != nil {
				t.Errorf("before the first check: %+v", c)
			}
			before := s.Clock.Now()
			for code, check := range map[string]func(context.Context) error{
				"": func(context.Context) error { return nil },
				"holder_mapping_unfit": func(context.Context) error {
					return fault.New(fault.Invalid, "holder_mapping_unfit", "holder", "crm").At("line 3", "holder_table_missing", "table", "people")
				},
				"holder_failed":  func(context.Context) error { return errors.New("secret of the driver") },
				"holder_timeout": func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() },
			} {
				m.check = check
				if code != "holder_timeout" {
					s.App.Checks.Timeout = time.Minute
				} else {
					s.App.Checks.Timeout = time.Millisecond
				}
				said, err := auditor.CheckHolder(ctx, "crm")
				s.Must(err)
				kept := last()
				if said.Code != code || said.OK != (code == "") || kept == nil || kept.Code != code || kept.Detail != said.Detail || !kept.At.Equal(said.At) || !said.At.After(before) {
					t.Errorf("%s: said %+v, kept %+v", code, said, kept)
				}
				before = said.At
				if code == "holder_mapping_unfit" && (len(kept.Errors) != 1 || kept.Errors[0].Path != "line 3") {
					t.Errorf("the place that is wrong: %+v", kept.Errors)
				}
			}
		})
	}
}
