package session

import (
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
)

// Started is a new session and its token, which is told this once.
type Started struct {
	Session Session
	Token   string
}

// CheckDevice refuses what is no device, before anything is written.
func CheckDevice(d Device) error {
	bad := fault.Wrong()
	if !slices.Contains([]string{Desktop, Phone, Tablet}, d.Kind) {
		bad = bad.At("device.kind", "device_kind_unknown")
	}
	if utf8.RuneCountInString(d.Name) > 100 {
		bad = bad.At("device.name", "name_too_long", "max", 100)
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// Start writes a new session into a sign-in's commit. The caller holds the
// account's lock and has checked everything that may refuse the sign-in.
func (s *Service) Start(ctx context.Context, tx Tx, account string, d Device, app string, now time.Time) (Started, error) {
	// A mark ends what began at its own instant too, and another node's clock may
	// be ahead: a new session begins after every mark.
	mark, err := tx.NewestMark(ctx, account)
	if err != nil {
		return Started{}, err
	}
	if !now.After(mark) {
		now = mark.Add(time.Microsecond)
	}
	token, hash, err := newToken(s.Rand)
	if err != nil {
		return Started{}, err
	}
	out := Started{Token: token, Session: Session{ID: s.NewID(), Account: account, Device: d, App: app, CreatedAt: now, ExpiresAt: now.Add(s.TTL)}}
	if err := tx.InsertSession(ctx, out.Session, hash); err != nil {
		return Started{}, err
	}
	return out, tx.AppendAudit(ctx, audit.Entry{ID: s.NewID(), At: now, Actor: audit.Actor{Kind: "member", ID: account},
		Action: "session.started", Account: account, Object: out.Session.ID, Data: map[string]string{"device": d.Kind}})
}
