package operate

import "github.com/signoff-id/signoff/internal/web/visit"

// accountResume ends an account's pause.
func (p *Pages) accountResume(v *visit.Visit, account string) error {
	return p.Access.Resume(v.Context(), v.AsOperator(), account)
}
