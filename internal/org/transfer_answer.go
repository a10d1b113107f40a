package org

import (
	"context"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/signal"
)

// AcceptTransfer lets the successor take over: both places change, and both are
// told, in one commit. The caller has a fresh proof of identity. It answers
// transfer_not_found, transfer_ended, not_the_holder when the holder has lost
// what was to be handed over, and successor_unknown when the successor left.
func (s *Service) AcceptTransfer(ctx context.Context, account, id string) (Transfer, error) {
	return s.answer(ctx, id, TransferAccepted, account, func(t Transfer) string { return t.To }, func(tx Tx, t Transfer, now time.Time) error {
		if err := t.stillHolds(ctx, tx); err != nil {
			return err
		}
		from, err := tx.Member(ctx, t.Organisation, t.From)
		if err != nil {
			return err
		}
		to, err := tx.Member(ctx, t.Organisation, t.To)
		if err != nil {
			return err
		}
		if t.Role != "" {
			from.Role = Ordinary
			if to.Role != Creator { // who is creator does not become less
				to.Role = t.Role
			}
		}
		for _, o := range t.Offices {
			from.Offices = slices.DeleteFunc(from.Offices, func(have string) bool { return have == o })
			if !slices.Contains(to.Offices, o) {
				to.Offices = append(to.Offices, o)
			}
		}
		for _, m := range []Member{from, to} {
			if err := tx.PutMember(ctx, m); err != nil {
				return err
			}
		}
		return s.tell(ctx, tx, t, signal.RoleTransferAccepted, now, t.From, t.To)
	})
}

// DeclineTransfer lets the successor say no.
func (s *Service) DeclineTransfer(ctx context.Context, account, id string) (Transfer, error) {
	return s.answer(ctx, id, TransferDeclined, account, func(t Transfer) string { return t.To }, func(tx Tx, t Transfer, now time.Time) error {
		return s.tell(ctx, tx, t, signal.RoleTransferDeclined, now, t.From)
	})
}

// WithdrawTransfer lets the holder take the question back.
func (s *Service) WithdrawTransfer(ctx context.Context, account, id string) (Transfer, error) {
	return s.answer(ctx, id, TransferWithdrawn, account, func(t Transfer) string { return t.From }, func(Tx, Transfer, time.Time) error { return nil })
}

// answer ends an open transfer, by the one of the two who may. To everybody else
// it is not there.
func (s *Service) answer(ctx context.Context, id string, end TransferState, account string, whose func(Transfer) string,
	do func(Tx, Transfer, time.Time) error) (t Transfer, err error) {
	err = s.InTx(ctx, func(tx Tx) error {
		if t, err = tx.Transfer(ctx, id); err != nil {
			return err
		}
		if whose(t) != account {
			return ErrNoTransfer()
		}
		if err := lockBoth(ctx, tx, t.Organisation, t.From, t.To); err != nil {
			return err
		}
		now := s.Now()
		if !now.Before(t.ExpiresAt) {
			return fault.New(fault.Conflict, "transfer_ended")
		}
		open, err := tx.EndTransfer(ctx, id, end, now)
		if err != nil {
			return err
		}
		if !open {
			return fault.New(fault.Conflict, "transfer_ended")
		}
		t.State, t.EndedAt = end, now
		if err := do(tx, t, now); err != nil {
			return err
		}
		return s.noteTransfer(ctx, tx, t, account, string(end), now)
	})
	return t, err
}

// ErrNoTransfer answers for a transfer that is not there, or not for the caller
// to know of.
func ErrNoTransfer() *fault.Error { return fault.New(fault.NotFound, "transfer_not_found") }

// Transfers gives those that an account has asked for or been asked, the newest
// first. One whose time is up is shown as expired, whether or not its end has
// been written down.
func (s *Service) Transfers(ctx context.Context, account string) (all []Transfer, err error) {
	err = s.View(ctx, func(tx Tx) error {
		all, err = tx.Transfers(ctx, account, mostTransfers)
		return err
	})
	now := s.Now()
	for i, t := range all {
		if t.State == TransferAsked && !now.Before(t.ExpiresAt) {
			all[i].State, all[i].EndedAt = TransferExpired, t.ExpiresAt
		}
	}
	return all, err
}

// mostTransfers bounds what is shown of a long past, and one look for what is
// due.
const mostTransfers = 100

// ExpireTransfers ends the transfers that nobody has answered in time, and tells
// who asked.
func (s *Service) ExpireTransfers(ctx context.Context) error {
	return s.InTx(ctx, func(tx Tx) error {
		now := s.Now()
		due, err := tx.DueTransfers(ctx, now, mostTransfers)
		if err != nil {
			return err
		}
		for _, t := range due {
			open, err := tx.EndTransfer(ctx, t.ID, TransferExpired, now)
			if err != nil {
				return err
			}
			if !open {
				continue
			}
			if err := s.noteTransfer(ctx, tx, t, "", string(TransferExpired), now); err != nil {
				return err
			}
			if err := s.tell(ctx, tx, t, signal.RoleTransferExpired, now, t.From); err != nil {
				return err
			}
		}
		return nil
	})
}
