package operate

import (
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// sessionsEnd signs somebody out everywhere. The person is told why.
func (p *Pages) sessionsEnd(v *visit.Visit) error {
	a, err := p.someone(v)
	if err != nil {
		return err
	}
	done, err := p.Sessions.Force(v.Context(), v.AsOperator(), session.Order{Scope: session.OnePerson, Target: a.ID, Reason: v.Value("reason")})
	if err != nil {
		return v.AskAgain(err, p.accountAccess)
	}
	if done.Waiting != nil {
		v.Tell("info", "page.account.sessions_wait")
	} else {
		v.Tell("success", "page.account.sessions_ended", "count", v.Words().Number(done.Ended))
	}
	return v.Go(accountPath(a.ID, "/access"))
}
