package access

import (
	"context"
	"net/netip"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/onetime"
	"github.com/signoff-id/signoff/internal/signal"
	"github.com/signoff-id/signoff/internal/throttle"
)

// AskReset sends a link by which a new password can be set to a verified address
// of the account. A name that leads nowhere, an account without such an address
// and one that may not sign in are answered like any other, after the same work.
func (s *Service) AskReset(ctx context.Context, typed string, address netip.Addr) error {
	if err := s.Guesses.Ask(ctx, address); err != nil {
		return err
	}
	account, name, err := s.accountNamed(ctx, typed)
	if err != nil {
		return err
	}
	id, _ := identity.Guess(typed)
	return s.InTx(ctx, func(tx Tx) error {
		o := onetime.Order{Purpose: onetime.ResetPassword, Form: onetime.Link, Subject: "reset " + name,
			Binding: onetime.Bind(s.Hash("access.reset", name)),
			Channel: signal.Mail, Locale: language.English, Notice: signal.PasswordResetLink, URL: s.ResetLink, Decoy: true}
		if err := s.aim(ctx, tx, &o, account, id); err != nil {
			return err
		}
		now := s.Now()
		if _, err := s.Codes.Issue(ctx, tx, o, now); err != nil || !o.Decoy {
			return err
		}
		// What a link would have cost, for a name that gets none: a notice to nobody,
		// and a line in the audit log.
		if err := tx.EnqueueNotice(ctx, signal.Notice{ID: s.NewID(), Kind: signal.PasswordResetLink, Locale: o.Locale, CreatedAt: now, ExpiresAt: now}); err != nil {
			return err
		}
		return s.note(ctx, tx, audit.System(), now, "", "password.reset_refused", nil)
	})
}

// aim points an order at an account's verified address, if it may have one.
func (s *Service) aim(ctx context.Context, tx Tx, o *onetime.Order, account string, named identity.Identifier) error {
	a, err := tx.Account(ctx, account)
	if fault.Is(err, "account_not_found") {
		return nil
	}
	if err != nil {
		return err
	}
	to, ok := reachable(a, named)
	if !ok || !a.State.Lives() || a.Stolen || a.Banned {
		return nil
	}
	o.Account, o.Binding, o.Decoy = a.ID, a.ID, false
	o.Channel, o.Address, o.Locale = channelOf(to.Kind), to.Value, a.Locale
	return nil
}

// reachable chooses the verified address that a code goes to: the one that was
// named, or the first e-mail address, or the first number.
func reachable(a identity.Account, named identity.Identifier) (to identity.Identifier, ok bool) {
	if !a.Verified[named].IsZero() && named.Kind != identity.Username {
		return named, true
	}
	for _, kind := range []string{identity.Email, identity.Mobile} {
		for _, id := range a.Identifiers {
			if id.Kind == kind && !a.Verified[id].IsZero() {
				return id, true
			}
		}
	}
	return to, false
}

func channelOf(kind string) string {
	if kind == identity.Mobile {
		return signal.SMS
	}
	return signal.Mail
}

// ResetPassword sets a new password by a link, once, and ends all sessions.
// Whoever used it from somewhere has shown that the mailbox is theirs: that place
// becomes one that the account knows, so that strangers' guesses cannot keep the
// owner out. A second factor is still asked for at the next sign-in.
func (s *Service) ResetPassword(ctx context.Context, token, password string, address netip.Addr) error {
	try := throttle.Try{Address: address}
	return s.Guesses.Guard(ctx, try, func() error {
		right, err := s.Codes.CheckLink(ctx, onetime.ResetPassword, token)
		if err != nil {
			return err
		}
		phc, err := s.newHash(ctx, right.Account, password)
		if err != nil {
			return err
		}
		return s.InTx(ctx, func(tx Tx) error {
			if err := tx.LockAccount(ctx, right.Account); err != nil {
				return err
			}
			if _, err := mayEnter(ctx, tx, right.Account, true); err != nil {
				return err
			}
			now := s.Now()
			if err := s.Codes.Spend(ctx, tx, right, now); err != nil {
				return err
			}
			if err := s.Guesses.Remember(ctx, tx, right.Account, address); err != nil {
				return err
			}
			return s.replacePassword(ctx, tx, member(right.Account), right.Account, phc, replacing{}, now)
		})
	})
}

// MakeResetLink makes a link by an operator's hand, for somebody who cannot be
// reached by mail: it is told to the operator and sent to nobody.
func (s *Service) MakeResetLink(ctx context.Context, by audit.Actor, account string) (link string, until time.Time, err error) {
	err = s.changeBy(ctx, by, account, func(tx Tx, now time.Time) error {
		if _, err := mayEnter(ctx, tx, account, true); err != nil {
			return err
		}
		made, err := s.Codes.Make(ctx, tx, onetime.Order{Purpose: onetime.ResetPassword, Form: onetime.Link, Account: account, Binding: account}, now)
		if err != nil {
			return err
		}
		link, until = s.ResetLink(made.Secret), made.ExpiresAt
		return s.note(ctx, tx, by, now, account, "password.reset_link_made", nil)
	})
	return link, until, err
}
