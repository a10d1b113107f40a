package session

import (
	"context"
	"encoding/base32"
	"net/netip"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/place"
	"github.com/signoff-id/signoff/internal/signal"
)

// Started is a new session and its token, which is told this once.
type Started struct {
	Session Session
	Token   string
}

// The longest texts about a device, in characters.
const (
	maxDeviceText = 100
	maxDeviceKey  = 200
)

// CheckDevice refuses what is no device, before anything is written.
func CheckDevice(d Device) error {
	bad := fault.Wrong()
	if !slices.Contains(DeviceKinds(), d.Kind) {
		bad = bad.At("device.kind", "device_kind_unknown")
	}
	for _, text := range []struct{ path, value string }{{"device.name", d.Name}, {"device.system", d.System}, {"device.client", d.Client}} {
		if utf8.RuneCountInString(text.value) > maxDeviceText {
			bad = bad.At(text.path, "name_too_long", "max", maxDeviceText)
		}
	}
	if utf8.RuneCountInString(d.Key) > maxDeviceKey {
		bad = bad.At("device.key", "name_too_long", "max", maxDeviceKey)
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// deviceID gives the id under which a person's sessions on one device are found
// together. Another account on the same device has another one.
func (s *Service) deviceID(account, key string) string {
	if key == "" {
		return s.NewID()
	}
	sum := s.Hash("device", account+" "+key)
	return "d_" + strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:16]))
}

// Beginning is a sign-in that nothing refuses any more.
type Beginning struct {
	Account string
	Device  Device
	App     string
	Address netip.Addr // where the request came from; invalid where unknown. Only its place is kept.
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
	if err := s.makeRoom(ctx, tx, b, now); err != nil {
		return Started{}, err
	}
	token, hash, err := newToken(s.Rand)
	if err != nil {
		return Started{}, err
	}
	b.Device.ID, b.Device.Key = s.deviceID(b.Account, b.Device.Key), ""
	out := Started{Token: token, Session: Session{ID: s.NewID(), Account: b.Account, Device: b.Device, App: b.App, Place: s.place(b.Address),
		CreatedAt: now, ExpiresAt: now.Add(s.TTL), ActiveAt: now, IdleFor: s.idleFor(b.Device.Kind), Proof: b.Proof}}
	if err := tx.InsertSession(ctx, out.Session, hash); err != nil {
		return Started{}, err
	}
	return out, s.announce(ctx, tx, out.Session)
}

// announce says that a session has begun: to programs, to those who look who is
// there, and in the audit log.
func (s *Service) announce(ctx context.Context, tx Tx, in Session) error {
	if err := tx.Appear(ctx, in.Account, in.CreatedAt, s.Window); err != nil {
		return err
	}
	err := tx.PublishEvent(ctx, signal.Event{ID: s.NewID(), Kind: signal.SessionStarted, At: in.CreatedAt, Scope: string(OneSession),
		Account: in.Account, Object: in.ID, App: in.App, Initiator: "user"})
	if err != nil {
		return err
	}
	return tx.AppendAudit(ctx, audit.Entry{ID: s.NewID(), At: in.CreatedAt, Actor: audit.Actor{Kind: audit.KindMember, ID: in.Account},
		Action: "session.started", Account: in.Account, Object: in.ID,
		Data: map[string]string{"device": in.Device.Kind, "methods": strings.Join(in.Proof.Methods, " ")}})
}

// idleFor is how long a session may go unseen. What was seen may be written
// late, so that much is added: it keeps another process from ending a session
// that is in use here.
func (s *Service) idleFor(kind string) time.Duration {
	if s.Idle[kind] <= 0 {
		return 0
	}
	return s.Idle[kind] + s.ActivityLag
}

func (s *Service) place(a netip.Addr) place.Place {
	if s.Locate == nil || !a.IsValid() {
		return place.Place{}
	}
	return s.Locate(a)
}
