package main

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
)

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func (p *place) organisation(ctx context.Context) (id string, err error) {
	o, err := p.app.Orgs.Create(ctx, app.Actor(), "Bench")
	return o.ID, err
}

// company is an organisation that is signed out as a whole.
type company struct {
	id    string
	admin audit.Actor
	size  int64   // live sessions
	known []known // some of them
}

// organisations measures how long it takes to sign out everybody in an
// organisation: it should not depend on how many sessions that ends.
func organisations(ctx context.Context, b *bench) error {
	return b.in(ctx, "organisation", nil, func(p *place) error {
		var all []company
		for _, n := range b.organisations {
			c, err := p.company(ctx, n)
			if err != nil {
				return err
			}
			b.say("an organisation with %d live sessions is ready", n)
			all = append(all, c)
		}
		if err := p.settle(ctx); err != nil {
			return err
		}
		if err := p.proveEnd(ctx, all); err != nil {
			return err
		}
		note := fmt.Sprintf("up to %d sessions of each were valid before it and none after it", knownTokens)
		floor := side{name: p.forceName(all[0]), run: p.force(all[0])}
		for _, c := range all[1:] {
			if err := b.compare(ctx, "organisation", note, side{name: p.forceName(c), run: p.force(c)}, floor); err != nil {
				return err
			}
		}
		// The same with everybody signed in again: what a check costs then.
		last := all[len(all)-1]
		if err := p.revive(ctx, last); err != nil {
			return err
		}
		return b.compareChecks(ctx, p, last.known, last.size)
	})
}

func (p *place) company(ctx context.Context, sessions int64) (c company, err error) {
	c.size = sessions
	if c.id, err = p.organisation(ctx); err != nil {
		return c, err
	}
	err = p.bulk(ctx, func(tx *sql.Tx) error {
		people, err := p.people(ctx, tx, sessions)
		if err != nil {
			return err
		}
		if err := p.members(ctx, tx, c.id, people); err != nil {
			return err
		}
		made, err := p.sessions(ctx, tx, people, sessions)
		if err != nil {
			return err
		}
		c.admin = audit.Actor{Kind: "member", ID: people.id(0)}
		c.known, err = p.tokens(ctx, tx, made, knownTokens)
		return err
	})
	if err != nil {
		return c, err
	}
	return c, p.app.Orgs.PutMember(ctx, app.Actor(), org.Member{Organisation: c.id, Account: c.admin.ID, Role: org.SuperAdmin})
}

func (p *place) forceName(c company) string {
	return fmt.Sprintf("sign-out of an organisation with %d live sessions", c.size)
}

// force signs out a company n times, all sessions being valid again each time.
func (p *place) force(c company) func(context.Context, int) (time.Duration, error) {
	return func(ctx context.Context, n int) (took time.Duration, err error) {
		for range n {
			if err := p.revive(ctx, c); err != nil {
				return 0, err
			}
			begin := time.Now()
			if err := p.forceOnce(ctx, c); err != nil {
				return 0, err
			}
			took += time.Since(begin)
		}
		return took, nil
	}
}

func (p *place) forceOnce(ctx context.Context, c company) error {
	_, err := p.app.Sessions.Force(ctx, c.admin, session.Order{Scope: session.Organisation, Organisation: c.id, Reason: "bench"})
	return err
}

// revive takes the mark away, which nothing in Signoff does.
func (p *place) revive(ctx context.Context, c company) error {
	_, err := p.write.ExecContext(ctx, `UPDATE organisations SET sessions_not_before = 0 WHERE id = $1`, c.id)
	return err
}

// proveEnd signs out one company after the other: its sessions were valid before
// and are not afterwards, and those of the next are still valid.
func (p *place) proveEnd(ctx context.Context, all []company) error {
	for _, c := range all {
		if err := p.expect(ctx, c, true); err != nil {
			return err
		}
		if err := p.forceOnce(ctx, c); err != nil {
			return err
		}
		if err := p.expect(ctx, c, false); err != nil {
			return err
		}
	}
	return nil
}

func (p *place) expect(ctx context.Context, c company, valid bool) error {
	for _, k := range c.known {
		_, err := p.app.Sessions.Check(ctx, k.token)
		if err != nil && !fault.Is(err, "session_not_valid") {
			return err
		}
		if (err == nil) != valid {
			return fmt.Errorf("session %s of the organisation with %d: valid %v, want %v", k.id, c.size, err == nil, valid)
		}
	}
	return nil
}
