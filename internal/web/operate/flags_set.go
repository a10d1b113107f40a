package operate

import "github.com/signoff-id/signoff/internal/web/visit"

// flagsSet marks an account as stolen or banned, or clears the marks.
func (p *Pages) flagsSet(v *visit.Visit, account string) error {
	return p.Access.SetFlags(v.Context(), v.AsOperator(), account, v.Value("stolen") == "yes", v.Value("banned") == "yes")
}
