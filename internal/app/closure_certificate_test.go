package app_test

import (
	"context"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/certificate"
	"github.com/signoff-id/signoff/internal/language"
)

// A certificate names the policy as people know it, says when names can be used
// again, and proves every step from the audit log.
func TestWhatACertificateSaysOfItsPolicy(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		install(w, atOnce, cooled, locked)
		for r, after := range map[rules]time.Duration{atOnce: -1, cooled: 90 * day, locked: 0} {
			a, _ := w.Person()
			c := w.Confirm(a, r.name)
			if c.StatusToken == "" {
				t.Fatalf("%s: no private link", r.name)
			}
			w.Clock.Advance(30 * day)
			v := w.Drain(c.Closure.ID)
			file, err := w.App.Closures.CertificateByLink(t.Context(), c.StatusToken)
			w.Must(err)
			doc, _, err := certificate.Verify(file, w.App.Ring.JWKS())
			w.Must(err)
			if doc.Policy.Title[language.English] != "text" || doc.Policy.Digest != v.PolicyDigest || doc.Policy.Version != 1 || doc.Subject != v.Pseudonym {
				t.Errorf("%s: of policy %+v about %s", r.name, doc.Policy, doc.Subject)
			}
			names := doc.Identifiers
			switch {
			case names.Count != 2, names.Never != (after < 0), (names.ReuseAfter != nil) != (after > 0):
				t.Errorf("%s: names %+v", r.name, names)
			case after > 0 && !names.ReuseAfter.Equal(v.OwnErasedAt.Add(after)):
				t.Errorf("%s: names can be used after %s, want %s later than %s", r.name, names.ReuseAfter, after, v.OwnErasedAt)
			}
			last := c.Closure.RequestedAt
			for _, step := range v.Timeline {
				if step.At.Before(last) || step.At.After(v.EndedAt) {
					t.Errorf("%s: %s at %s, the step before at %s", r.name, step.Event, step.At, last)
				}
				last = step.At
			}
			var by string
			w.Must(w.App.DB.Read.QueryRowContext(t.Context(), `SELECT actor_kind || ' ' || actor_id FROM audit_entries WHERE action = 'closure.confirmed' AND object = $1 AND at > 0`, c.Closure.ID).Scan(&by))
			if by != "member "+a.ID {
				t.Errorf("%s: confirmed by %q", r.name, by)
			}
			if len(doc.Timeline) != len(v.Timeline)-1 || len(doc.Audit.Entries) != len(doc.Timeline) {
				t.Errorf("%s: %d steps with %d proofs, of %d that happened before the certificate", r.name, len(doc.Timeline), len(doc.Audit.Entries), len(v.Timeline)-1)
			}
		}
	})
}

// Without a data holder there is no part whose end would wake the closure: the
// commit that begins the erasure does.
func TestAClosureWithoutDataHoldersEndsByItself(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		install(w, atOnce)
		loops, err := w.App.StartLoops(context.WithoutCancel(t.Context()), apptest.Pace())
		w.Must(err)
		a, _ := w.Person()
		untilClosed(w, w.Confirm(a, atOnce.name).Closure.ID)
		w.Must(loops.Stop(context.WithoutCancel(t.Context())))
	})
}
