package browser

import (
	"context"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/session"
)

// Switch makes another account of the browser the current one and gives a new
// token of its session; the token that it had is dead with it. Only from the
// session that is current: of two switches at once one wins, and the other is
// answered browser_changed. It answers browser_key_not_valid,
// browser_account_not_found, and sign_in_again where the account's session in this
// browser is no longer valid, whatever has ended it.
func (s *Service) Switch(ctx context.Context, on session.Session, key, seat string) (out session.Started, err error) {
	err = s.InTx(ctx, func(tx Tx) error {
		r, err := s.open(ctx, tx, key, func(x Seat) bool { return x.ID == seat }, on.Account)
		if err != nil {
			return err
		}
		from := r.seatOf(on.ID)
		if from.ID == "" {
			return ErrKey()
		}
		to, err := r.seat(seat)
		switch {
		case err != nil:
			return err
		case from.ID != r.Current:
			return errChanged()
		case to.ID == from.ID:
			return fault.Wrong().At("id", "browser_current")
		case !r.live[to.ID]:
			return fault.New(fault.Conflict, "sign_in_again")
		}
		if out.Token, err = s.Sessions.Rotate(ctx, tx, to.Session); err != nil {
			return err
		}
		if out.Session, err = tx.Session(ctx, to.Session); err != nil {
			return err
		}
		if err := tx.SetCurrent(ctx, r.ID, to.ID); err != nil {
			return err
		}
		return s.note(ctx, tx, to, "browser.switched", s.Now())
	})
	return out, err
}
