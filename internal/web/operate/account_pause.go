package operate

import (
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// accountPause lets an account rest, until a day begins or until it is resumed.
func (p *Pages) accountPause(v *visit.Visit, account string) error {
	var until time.Time
	if day := v.Value("until"); day != "" {
		var err error
		if until, err = time.ParseInLocation(time.DateOnly, day, v.Words().Zone); err != nil {
			return fault.Wrong().At("until", "pause_until_wrong")
		}
	}
	_, err := p.Access.Pause(v.Context(), v.AsOperator(), account, until)
	return err
}
