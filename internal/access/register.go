package access

import (
	"context"
	"net/netip"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/onetime"
	"github.com/signoff-id/signoff/internal/signal"
	"github.com/signoff-id/signoff/internal/throttle"
)

// BeginRegistration sends a code to an e-mail address or a number that somebody
// wants to register with. One that is taken, or not free yet, is answered like a
// free one, after the same work: no code is sent, and the owner is told.
func (s *Service) BeginRegistration(ctx context.Context, raw identity.Identifier, locale string, address netip.Addr) (out onetime.Issued, err error) {
	if !s.Open {
		return out, errClosed()
	}
	id, err := verifiable(raw)
	if err != nil {
		return out, err
	}
	if err := s.Guesses.Ask(ctx, address); err != nil {
		return out, err
	}
	err = s.InTx(ctx, func(tx Tx) error {
		o := registrationOrder(id)
		o.Locale = locale
		out, err = s.issueUnlessTaken(ctx, tx, o, "", id)
		return err
	})
	return out, err
}

func errClosed() error { return fault.New(fault.Forbidden, "registration_closed") }

// verifiable takes what a code can be sent to.
func verifiable(raw identity.Identifier) (identity.Identifier, error) {
	if raw.Kind == identity.Username {
		return raw, fault.Wrong().At("kind", "identifier_not_verifiable")
	}
	return identity.Normalise(raw.Kind, raw.Value)
}

// Reachable reads what somebody has typed as an e-mail address or a number: which
// of them, its form says.
func Reachable(typed string) (identity.Identifier, error) {
	if typed == "" {
		return identity.Identifier{}, fault.Wrong().At("value", "required")
	}
	id, err := identity.Guess(typed)
	if err == nil && id.Kind == identity.Username {
		err = fault.Wrong().At("value", "identifier_not_verifiable")
	}
	return id, err
}

func registrationOrder(id identity.Identifier) onetime.Order {
	key := "register " + id.Kind + " " + id.Value
	return onetime.Order{Purpose: onetime.Register, Subject: key, Channel: channelOf(id.Kind), Address: id.Value}
}

// issueUnlessTaken sends a code to an address, or tells its owner that somebody
// wanted it: the same work in both cases. What the code is for is bound by a
// keyed hash: an address stands nowhere in clear.
func (s *Service) issueUnlessTaken(ctx context.Context, tx Tx, o onetime.Order, account string, id identity.Identifier) (out onetime.Issued, err error) {
	now := s.Now()
	o.Binding = s.binding(o.Purpose, account, id)
	owner, err := tx.AccountByIdentifier(ctx, id)
	if err != nil {
		return out, err
	}
	free, err := tx.IdentifierFree(ctx, id, now)
	if err != nil {
		return out, err
	}
	o.Decoy = !free || owner != "" && owner != account
	if out, err = s.Codes.Issue(ctx, tx, o, now); err != nil || !o.Decoy {
		return out, err
	}
	if err := tx.EnqueueNotice(ctx, signal.Notice{ID: s.NewID(), Account: owner, Kind: signal.IdentifierWanted, Locale: o.Locale,
		Channel: o.Channel, Address: o.Address, CreatedAt: now}); err != nil {
		return out, err
	}
	return out, s.note(ctx, tx, audit.System(), now, owner, "identifier.wanted", map[string]string{"kind": id.Kind})
}

// binding ties a code to what it verifies.
func (s *Service) binding(purpose, account string, id identity.Identifier) string {
	return onetime.Bind(s.Hash("access."+purpose, account+" "+id.Kind+" "+id.Value))
}

// Registration is what a new account begins with.
type Registration struct {
	Identifier identity.Identifier
	Code       string // as sent to the identifier; or
	Link       string // the token of a link that an operator has made
	Name       string
	Locale     string
	Password   string
}

// Register makes an account whose identifier is verified. It answers code_wrong
// for everything that does not serve, an identifier that somebody else has taken
// meanwhile included.
func (s *Service) Register(ctx context.Context, in Registration, address netip.Addr) (a identity.Account, err error) {
	if in.Link == "" && !s.Open {
		return a, errClosed()
	}
	id, err := verifiable(in.Identifier)
	if err != nil {
		return a, err
	}
	if in.Password == "" {
		return a, fault.Wrong().At("password", "required")
	}
	made, err := s.Accounts.Accept(identity.NewAccount{Name: in.Name, Locale: in.Locale, Password: in.Password,
		Identifiers: []identity.Identifier{id}, Verified: true})
	if err != nil {
		return a, err
	}
	phc, err := s.Accounts.Hasher.Hash(ctx, in.Password)
	if err != nil {
		return a, err
	}
	binding := s.binding(onetime.Register, "", id)
	err = s.Guesses.Guard(ctx, throttle.Try{Name: binding, Address: address}, func() error {
		right, err := s.redeem(ctx, binding, in)
		if err != nil {
			return err
		}
		return s.InTx(ctx, func(tx Tx) error {
			made.CreatedAt = s.Now()
			if err := s.Codes.Spend(ctx, tx, right, made.CreatedAt); err != nil {
				return err
			}
			a = made
			return taken(s.Accounts.Insert(ctx, tx, member(made.ID), made, phc))
		})
	})
	return a, err
}

func (s *Service) redeem(ctx context.Context, binding string, in Registration) (onetime.Right, error) {
	if in.Link == "" {
		return s.Codes.Check(ctx, onetime.Key{Purpose: onetime.Register, Binding: binding}, in.Code)
	}
	right, err := s.Codes.CheckLink(ctx, onetime.Register, in.Link)
	if err == nil && right.Binding != binding {
		err = errCode()
	}
	return right, err
}

// taken answers what cannot be had like a wrong code: it tells nothing of others.
func taken(err error) error {
	if fault.Is(err, "identifier_taken") || fault.Is(err, "identifier_reserved") {
		return errCode()
	}
	return err
}

// registerLinkTTL is longer than a code's: an operator hands it on.
const registerLinkTTL = 72 * time.Hour

// MakeRegisterLink makes a link by an operator's hand, with which one address or
// number can register, even where registration is closed. It is told to the
// operator and sent to nobody.
func (s *Service) MakeRegisterLink(ctx context.Context, by audit.Actor, raw identity.Identifier) (link string, until time.Time, err error) {
	id, err := verifiable(raw)
	if err != nil {
		return "", until, err
	}
	err = s.InTx(ctx, func(tx Tx) error {
		now := s.Now()
		owner, err := tx.AccountByIdentifier(ctx, id)
		if err != nil {
			return err
		}
		if owner != "" {
			return fault.New(fault.Conflict, "identifier_taken", "kind", id.Kind)
		}
		made, err := s.Codes.Make(ctx, tx, onetime.Order{Purpose: onetime.Register, Form: onetime.Link, Binding: s.binding(onetime.Register, "", id), TTL: registerLinkTTL}, now)
		if err != nil {
			return err
		}
		link, until = s.RegisterLink(made.Secret), made.ExpiresAt
		return s.note(ctx, tx, by, now, "", "registration.link_made", map[string]string{"kind": id.Kind})
	})
	return link, until, err
}
