package session

import (
	"context"
	"net/netip"
	"slices"
	"strings"
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

// Beginning is a sign-in that nothing refuses any more.
type Beginning struct {
	Account string
	Device  Device
	App     string
	Address netip.Addr // where the request came from; invalid where unknown
	Proof   Proof
}

// Start writes a new session, with a token of its own, into a sign-in's commit.
// The caller holds the account's lock and has checked everything that may
// refuse the sign-in.
func (s *Service) Start(ctx context.Context, tx Tx, b Beginning, now time.Time) (Started, error) {
	// A mark ends what began at its own instant too, and another node's clock may
	// be ahead: a new session begins after every mark.
	mark, err := tx.NewestMark(ctx, b.Account)
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
	out := Started{Token: token, Session: Session{ID: s.NewID(), Account: b.Account, Device: b.Device, App: b.App,
		CreatedAt: now, ExpiresAt: now.Add(s.TTL), Proof: b.Proof}}
	if err := tx.InsertSession(ctx, out.Session, hash); err != nil {
		return Started{}, err
	}
	return out, tx.AppendAudit(ctx, audit.Entry{ID: s.NewID(), At: now, Actor: audit.Actor{Kind: audit.KindMember, ID: b.Account},
		Action: "session.started", Account: b.Account, Object: out.Session.ID,
		Data: map[string]string{"device": b.Device.Kind, "methods": strings.Join(b.Proof.Methods, " ")}})
}
