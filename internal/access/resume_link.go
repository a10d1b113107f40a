package access

import (
	"context"
	"encoding/base64"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/onetime"
	"github.com/signoff-id/signoff/internal/signal"
)

// purposeResume is what a link that ends a pause is for.
const purposeResume = "resume_account"

// SendResumeLink sends the link that ends a pause to the paused account of a
// name, by mail or, where there is no address, as a text message. Whether there is such an account, and whether it is paused, nobody
// learns: the answer and the limits are those of the name as it was typed.
func (s *Service) SendResumeLink(ctx context.Context, name, locale string) (out onetime.Issued, err error) {
	account, _, err := s.accountNamed(ctx, name)
	if err != nil {
		return out, err
	}
	err = s.InTx(ctx, func(tx Tx) error {
		typed := subjectOf(name)
		o := onetime.Order{Purpose: purposeResume, Form: onetime.Link, Subject: typed, Channel: signal.Mail,
			Binding: base64.RawURLEncoding.EncodeToString(s.Codes.Hash("resume.name", typed)),
			Locale:  locale, Notice: signal.AccountResumeLink, URL: s.ResumeLink, Decoy: true}
		if account != "" {
			a, err := tx.Account(ctx, account)
			if err != nil {
				return err
			}
			if a.State == identity.Paused && a.Address()+a.Mobile() != "" {
				o.Account, o.Binding, o.Address, o.Locale, o.Decoy = a.ID, a.ID, a.Address(), a.Locale, false
			}
			if !o.Decoy && o.Address == "" {
				o.Channel, o.Address = signal.SMS, a.Mobile()
			}
		}
		out, err = s.Codes.Issue(ctx, tx, o, s.Now())
		return err
	})
	return out, err
}

// subjectOf gives what a typed name is counted under: its own form where it can
// be a name at all.
func subjectOf(name string) string {
	id, err := identity.Guess(name)
	if err != nil {
		return "none"
	}
	return id.Kind + " " + id.Value
}

// ResumeByLink ends the pause that a link was mailed for. It signs nobody in. It
// answers code_wrong, account_not_paused, and account_blocked where a flag
// keeps everybody out.
func (s *Service) ResumeByLink(ctx context.Context, token string) error {
	right, err := s.Codes.CheckLink(ctx, purposeResume, token)
	if err != nil {
		return err
	}
	if right.Account == "" {
		return onetime.ErrWrong()
	}
	return s.InTx(ctx, func(tx Tx) error {
		if err := tx.LockAccount(ctx, right.Account); err != nil {
			return err
		}
		a, err := tx.Account(ctx, right.Account)
		if err != nil {
			return err
		}
		if a.Stolen || a.Banned {
			return fault.New(fault.Forbidden, "account_blocked")
		}
		now := s.Now()
		if err := s.Codes.Spend(ctx, tx, right, now); err != nil {
			return err
		}
		return s.resume(ctx, tx, member(a.ID), a.ID, now)
	})
}
