package session

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
)

// Among says among whom somebody is looked for: the members of an organisation,
// or those of a department and of all below it.
type Among struct {
	Organisation string
	Path         string // of the department, "" for the whole organisation
	Now          time.Time
	Since        time.Time   // seen at or after this
	Slots        []time.Time // the stretches of time to look into
}

// Online is somebody who is there: signed in, and seen within the window.
type Online struct {
	Account    string
	Department string // "" for none
	Role       string
	Devices    map[string]int // sessions by kind of device
	ActiveAt   time.Time
}

// Crowd counts who is online.
type Crowd struct {
	People  int
	Devices map[string]Count
	// More says that it was counted only so far: there may be more.
	More bool
}

const (
	// lookAt is how many of those seen lately are looked at with one statement.
	lookAt = 256
	// mostLooks bounds the work for one page: what is seen lately need not be
	// signed in any more, and a page may be short for that.
	mostLooks = 20
	// mostCounted bounds a count, as a console says "10,000 and more".
	mostCounted = 10_000
	// smallTree is how many members a department may have to be gone through one
	// by one, in place of everybody who is online.
	smallTree = 5_000
)

// Presence gives who is online in an organisation or department, in the order of
// account ids, from after on. A page may be short, even empty, and not the last:
// next says where to go on, "" at the end.
func (s *Service) Presence(ctx context.Context, by audit.Actor, organisation, department, after string, limit int) (all []Online, next string, err error) {
	err = s.View(ctx, func(tx Tx) error {
		a, err := s.among(ctx, tx, by, organisation, department)
		if err != nil {
			return err
		}
		next = after
		for look := range mostLooks {
			n := lookAt
			if look == 0 { // mostly, who was seen lately is there
				n = min(lookAt, limit+limit/4+1)
			}
			found, last, err := s.step(ctx, tx, a, next, n)
			if err != nil {
				return err
			}
			all = append(all, found...)
			if next = last; len(all) >= limit || next == "" {
				break
			}
		}
		return nil
	})
	if len(all) > limit {
		all = all[:limit]
		next = all[limit-1].Account
	}
	return all, next, err
}

// CountOnline counts who is online, up to 10,000 of those seen lately.
func (s *Service) CountOnline(ctx context.Context, by audit.Actor, organisation, department string) (c Crowd, err error) {
	c.Devices = map[string]Count{}
	err = s.View(ctx, func(tx Tx) error {
		a, err := s.among(ctx, tx, by, organisation, department)
		if err != nil {
			return err
		}
		next := ""
		for looked := 0; looked < mostCounted; looked += lookAt {
			found, last, err := s.step(ctx, tx, a, next, min(lookAt, mostCounted-looked))
			if err != nil {
				return err
			}
			for _, o := range found {
				c.add(o)
			}
			if next = last; next == "" {
				return nil
			}
		}
		c.More = true
		return nil
	})
	return c, err
}

func (c *Crowd) add(o Online) {
	c.People++
	for kind, n := range o.Devices {
		of := c.Devices[kind]
		of.Sessions += n
		of.People++
		c.Devices[kind] = of
	}
}

// step looks at the next n of those seen lately, and gives who of them is online
// and the last one looked at, "" when there are no more.
func (s *Service) step(ctx context.Context, tx Tx, a among, after string, n int) (found []Online, last string, err error) {
	look := tx.SeenIn
	if a.small {
		look = tx.SeenInTree
	}
	seen, err := look(ctx, a.Among, after, n)
	if err != nil || len(seen) == 0 {
		return nil, "", err
	}
	if len(seen) == n {
		last = seen[n-1]
	}
	found, err = tx.OnlineOf(ctx, a.Among, seen)
	return found, last, err
}

// among is Among with the way to go through it.
type among struct {
	Among
	small bool // few enough members to go through them
}

func (s *Service) among(ctx context.Context, tx Tx, by audit.Actor, organisation, department string) (a among, err error) {
	if err := allowed(ctx, tx, by, organisation); err != nil {
		return a, err
	}
	if a.Among, err = s.window(ctx, tx, organisation); err != nil || department == "" {
		return a, err
	}
	d, err := tx.Department(ctx, organisation, department)
	if err != nil {
		return a, err
	}
	a.Path = d.Path
	n, err := tx.TreeSize(ctx, organisation, d.Path, smallTree+1)
	a.small = n <= smallTree
	return a, err
}

// window says when somebody must have been seen, and where those are found. A
// stretch that was over before everybody was signed out need not be looked into.
func (s *Service) window(ctx context.Context, tx Tx, organisation string) (a Among, err error) {
	o, err := tx.Organisation(ctx, organisation)
	if err != nil {
		return a, err
	}
	now := s.Now()
	a = Among{Organisation: organisation, Now: now, Since: now.Add(-s.Window)}
	slot := now.Add(-time.Duration(now.UnixMicro()%s.Window.Microseconds()) * time.Microsecond)
	// The next one too: another node's clock may be ahead.
	for _, begin := range []time.Time{slot.Add(-s.Window), slot, slot.Add(s.Window)} {
		if begin.Add(s.Window).After(o.SessionsNotBefore) {
			a.Slots = append(a.Slots, begin)
		}
	}
	return a, nil
}

// CountEverywhere counts who is online on the whole platform, in organisations
// and outside of them. It looks at all that is signed in: ask now and then.
func (s *Service) CountEverywhere(ctx context.Context) (c Crowd, err error) {
	err = s.View(ctx, func(tx Tx) error {
		now := s.Now()
		c, err = tx.CountOnline(ctx, now, now.Add(-s.Window))
		return err
	})
	return c, err
}
