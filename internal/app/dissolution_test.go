package app_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/certificate"
	"github.com/signoff-id/signoff/internal/dissolution"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
)

// archive is a shelf that keeps things for organisations.
type archive struct{ *shelf }

func (a archive) Describe() holder.Description {
	d := a.shelf.Describe()
	d.Organisation = d.Items
	return d
}

func asAccount(s holder.Subject) holder.Subject {
	s.Account = s.Organisation
	return s
}

func (a archive) Erase(ctx context.Context, t holder.Task) (holder.Receipt, error) {
	t.Subject = asAccount(t.Subject)
	return a.shelf.Erase(ctx, t)
}

func (a archive) Verify(ctx context.Context, s holder.Subject) (holder.Leftovers, error) {
	return a.shelf.Verify(ctx, asAccount(s))
}

// announced gives a dissolution whose notice is over.
func announced(w *apptest.World, o org.Organisation) string {
	w.T.Helper()
	ctx, by := w.T.Context(), app.Actor()
	d, err := w.App.Dissolutions.Start(ctx, by, o.ID, dissolution.Simple, "")
	w.Must(err)
	for _, kind := range dissolution.Prerequisites() {
		a, err := w.App.Dissolutions.Attest(ctx, by, dissolution.Attestation{Dissolution: d.ID, Kind: kind, Reference: "1"}, []byte("%PDF-1"))
		w.Must(err)
		w.Must(w.App.Dissolutions.DecideEvidence(ctx, audit.Actor{Kind: audit.KindReviewer, ID: "reviewer"}, d.ID, a.ID, true, ""))
	}
	d, err = w.App.Dissolutions.Announce(ctx, by, d.ID, dissolution.Notice{Published: w.Clock.Now().Format(time.DateOnly), Media: "gsxt", Reference: "GG-" + d.ID})
	w.Must(err)
	w.Clock.Advance(d.EndsAt.Sub(w.Clock.Now()))
	return d.ID
}

// finishes drives a dissolution by hand until it is closed. A crash is a
// panic that undoes the transaction that it comes in.
func finishes(w *apptest.World, id string, holders ...string) dissolution.View {
	w.T.Helper()
	ctx := w.T.Context()
	try := func(do func() error) {
		defer func() {
			if p := recover(); p != nil && p != crashed {
				panic(p)
			}
		}()
		w.Must(do())
	}
	for range 20 {
		try(func() error { return w.App.Dissolutions.Step(ctx, id) })
		for _, name := range holders {
			try(func() error { _, err := w.App.Dissolutions.Part(ctx, id, name); return err })
		}
		v, err := w.App.Dissolutions.Get(ctx, app.Actor(), id)
		w.Must(err)
		if v.State == dissolution.Closed {
			return v
		}
		w.Clock.Advance(time.Minute) // leases run out
	}
	w.T.Fatal("it never ends")
	return dissolution.View{}
}

// crashed is what the probe of a crash panics with.
const crashed = "crashed here"

// A crash at any point of a dissolution leaves nothing that the next try
// does not bring to the same end. A holder that keeps nothing for organisations
// is not asked, and its receipt says so.
func TestAnOrganisationsEndSurvivesACrashAtAnyPoint(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		crash := ""
		var points []string
		probe := func(point string) {
			points = append(points, point)
			if point == crash {
				crash = ""
				panic(crashed)
			}
		}
		shelves := archive{newShelf("archive")}
		plain := newShelf("plain")
		set, err := holder.NewSet(shelves, plain)
		w.Must(err)
		w.Must(w.App.Close())
		w.World.Probe, w.World.Holders = probe, set
		w.Open()
		want := ""
		end := func() {
			a, _ := w.Person()
			b, _ := w.Person()
			o := w.Organisation(org.Creator, a, b)
			shelves.put(o.ID, 7)
			plain.put(o.ID, 7)
			v := finishes(w, announced(w, o), "archive", "plain")
			if got := ofOrganisation(w, v); want == "" {
				want = got
			} else if got != want {
				t.Errorf("the certificate says %s, want %s", got, want)
			}
		}
		end()
		all := slices.Compact(slices.Sorted(slices.Values(points)))
		if len(all) < 12 || plain.things == nil {
			t.Fatalf("only %d points: %v", len(all), all)
		}
		for _, point := range all {
			crash = point
			end()
			if crash != "" {
				t.Errorf("never came to %s", point)
			}
		}
		if len(plain.calls) != 0 {
			t.Errorf("the holder that keeps nothing was asked: %v", plain.calls)
		}
	})
}

// ofOrganisation is what a certificate says of a dissolution.
func ofOrganisation(w *apptest.World, v dissolution.View) string {
	w.T.Helper()
	file, err := w.App.Dissolutions.CertificateFile(w.T.Context(), app.Actor(), v.ID)
	w.Must(err)
	doc, _, err := certificate.Verify(file, w.App.Ring.JWKS())
	w.Must(err)
	text := ""
	for _, h := range doc.Holders {
		text += fmt.Sprintf("%s none=%v", h.Name, h.None)
		for _, i := range h.Items {
			text += fmt.Sprintf(" %s %s %d", i.Name, i.Action, i.Count)
		}
		text += "; "
	}
	for _, i := range doc.Own {
		text += fmt.Sprintf("%s %s %d, ", i.Name, i.Action, i.Count)
	}
	return text
}

// Somebody joins, or becomes an admin, at the moment at which the notice is over:
// either comes too late, or goes with the others. Nobody is left in an
// organisation that has ended.
func TestNobodyIsLeftInAnOrganisationThatEnds(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		rounds := 30
		if testing.Short() {
			rounds = 5
		}
		for round := range rounds {
			w.Clock.Advance(apptest.Start.Sub(w.Clock.Now())) // within the years that have a calendar
			a, _ := w.Person()
			b, _ := w.Person()
			o := w.Organisation(org.Creator, a)
			id := announced(w, o)
			step := func() error { return w.App.Dissolutions.Step(t.Context(), id) }
			join := func() error {
				return w.App.Orgs.PutMember(t.Context(), app.Actor(), org.Member{Organisation: o.ID, Account: b.ID, Role: org.SuperAdmin})
			}
			got := codes(t, together([]side{step, join, step}))
			if got[1] != "" && got[1] != "organisation_ending" {
				t.Fatalf("round %d: %q", round, got)
			}
			w.Must(step())
			for _, p := range []identity.Account{a, b} {
				places, err := w.App.Orgs.Memberships(t.Context(), p.ID)
				w.Must(err)
				if len(places) != 0 {
					t.Fatalf("round %d, %q: still in %v", round, got, places)
				}
			}
			if v, err := w.App.Dissolutions.Get(t.Context(), app.Actor(), id); err != nil || v.State != dissolution.Closed || v.Released > 2 {
				t.Fatalf("round %d: %+v, %v", round, v.Dissolution, err)
			}
		}
	})
}
