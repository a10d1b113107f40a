package e2e_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/signoff-id/signoff/client"
)

// walked gives the keys of a list as it comes page by page, and reports pages
// that are longer than asked for or shorter than they must be.
func walked[T any](s *stage, limit int, page func(context.Context, client.Page) (client.List[T], error), key func(T) string, between func()) (keys []string) {
	s.T.Helper()
	at := client.Page{Limit: limit}
	for {
		got, err := page(s.T.Context(), at)
		s.Must(err)
		if full := len(got.Items) == limit; len(got.Items) > limit || !full && got.NextCursor != "" {
			s.T.Errorf("a page of %d entries where %d were asked for, next %q", len(got.Items), limit, got.NextCursor)
		}
		for _, item := range got.Items {
			keys = append(keys, key(item))
		}
		if at.Cursor = got.NextCursor; at.Cursor == "" {
			return keys
		}
		between()
	}
}

// Every list is given whole by its pages, in one order, also while it grows.
func TestListsComeInPages(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		ctx := t.Context()
		c := s.company("远航科技有限公司")
		members := []string{c.creator.id, c.admin.id, c.worker.id}
		var organisations, waiting, accounts []string
		organisations = append(organisations, c.ID)
		for n := range 5 {
			p := s.person()
			s.place(c, p, client.NewMember{Role: client.Ordinary})
			members = append(members, p.id)
			o, err := s.operator.CreateOrganisation(ctx, fmt.Sprint("Organisation ", n))
			s.Must(err)
			organisations = append(organisations, o.ID)
			waiting = append(waiting, s.confirmed(p, "wecom").Closure.ID)
		}
		for a, err := range s.operator.AllAccounts(ctx) {
			s.Must(err)
			accounts = append(accounts, a.ID)
		}
		nothing := func() {}
		is := func(what string, got, want []string) {
			t.Helper()
			if !slices.Equal(got, want) {
				t.Errorf("%s come as %q, want %q", what, got, want)
			}
		}
		for _, limit := range []int{1, 2, 3, 200} {
			is("accounts", walked(s, limit, s.operator.Accounts, func(a client.Account) string { return a.ID }, nothing), accounts)
			is("organisations", walked(s, limit, s.operator.Organisations, func(o client.Organisation) string { return o.ID }, nothing), organisations)
			is("reviews", walked(s, limit, s.reviewer.Reviews, func(r client.Review) string { return r.ClosureID }, nothing), waiting)
			is("closures", walked(s, limit, func(ctx context.Context, p client.Page) (client.List[client.Closure], error) {
				return s.operator.Closures(ctx, client.ClosureFilter{State: client.InReview}, p)
			}, func(c client.Closure) string { return c.ID }, nothing), waiting)
			is("members", walked(s, limit, func(ctx context.Context, p client.Page) (client.List[client.Member], error) {
				return c.admin.Members(ctx, c.ID, p)
			}, func(m client.Member) string { return m.AccountID }, nothing), members)
		}
		grown := walked(s, 2, s.operator.Organisations, func(o client.Organisation) string { return o.ID }, func() {
			if len(organisations) < 10 {
				o, err := s.operator.CreateOrganisation(ctx, "Later")
				s.Must(err)
				organisations = append(organisations, o.ID)
			}
		})
		is("organisations that were made meanwhile", grown, organisations)

		s.settle()
		var log []string
		for e, err := range s.auditor.AllAuditEntries(ctx, 0) {
			s.Must(err)
			log = append(log, fmt.Sprint(e.Seq))
		}
		is("audit entries", walked(s, 7, func(ctx context.Context, p client.Page) (client.List[client.AuditEntry], error) {
			return s.auditor.AuditEntries(ctx, 0, p)
		}, func(e client.AuditEntry) string { return fmt.Sprint(e.Seq) }, nothing), log)
		if len(log) != s.number(`SELECT count(*) FROM audit_entries`) {
			t.Errorf("%d audit entries of %d are shown", len(log), s.number(`SELECT count(*) FROM audit_entries`))
		}
	})
}
