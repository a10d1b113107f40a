package member

import (
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// transferWithdraw lets the holder take the question back.
func (p *Pages) transferWithdraw(v *visit.Visit) error {
	t, err := p.transferIn(v)
	if err != nil {
		return err
	}
	_, err = p.Orgs.WithdrawTransfer(v.Context(), v.Account(), t.ID)
	return answered(v, err, "page.hand_over.withdrawn")
}

// answered goes back to the organisations and says what became of a hand-over:
// one that has ended meanwhile is shown there as it is.
func answered(v *visit.Visit, err error, done string) error {
	switch {
	case fault.Is(err, "transfer_ended"):
		v.Tell("warning", "fault.transfer_ended")
	case err != nil:
		return err
	default:
		v.Tell("success", done)
	}
	return v.Go("/settings/organisations")
}
