package security

import (
	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
	"github.com/signoff-id/signoff/internal/work"
)

// passwordData is what the page of a new password shows.
type passwordData struct {
	form    ui.Form
	without bool // a fresh proof stands in for the old password
	least   int  // characters
	work    []work.Lease
}

// passwordChange asks for a new password. Who does not know the old one, or never
// had one, shows by a fresh proof who it is.
func (p *Pages) passwordChange(v *visit.Visit) error {
	data := passwordData{without: v.Query("without") == "yes", form: ui.Form{Values: map[string]string{"end_others": "yes"}}}
	if !data.without {
		since, err := p.Access.PasswordSince(v.Context(), v.Account())
		if err != nil {
			return err
		}
		data.without = since.IsZero()
	}
	if data.without {
		if err := p.Access.MustBeFresh(v.Caller.Session); err != nil {
			return err
		}
	}
	return p.showPasswordChange(v, 200, data)
}

func (p *Pages) showPasswordChange(v *visit.Visit, status int, data passwordData) (err error) {
	data.least = p.Accounts.Rules.Least()
	if data.work, err = p.workElsewhere(v); err != nil {
		return err
	}
	page, err := v.Page(v.T("page.password_change.title"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, passwordChangePage(page, data))
}

// workElsewhere gives what apps have in hand on the person's other sessions.
func (p *Pages) workElsewhere(v *visit.Visit) ([]work.Lease, error) {
	o, _, err := p.reach(v, allOthers, "")
	if err != nil {
		return nil, err
	}
	return p.Sessions.InHand(v.Context(), o.Whose(v.Account()))
}

// passwordChangeSend sets it. This browser goes on with the new token.
func (p *Pages) passwordChangeSend(v *visit.Visit) error {
	data := passwordData{without: v.Value("without") == "yes"}
	token, err := p.changePassword(v, data.without)
	if err == nil {
		v.SetSession(token, v.Caller.Session.ExpiresAt)
		v.Tell("success", "page.password_change.done")
		return v.Go("/settings/security")
	}
	wrong := fault.Is(err, "credentials_wrong")
	if data.form, err = v.Again(err); err != nil {
		return err
	}
	if wrong {
		data.form.Problem.Detail = v.T("page.password_change.old_wrong")
		data.form.Problem.Fields["old_password"] = data.form.Problem.Detail
	}
	return p.showPasswordChange(v, data.form.Problem.Status, data)
}

// changePassword checks first what a slip of the hand is, so that it costs no try.
func (p *Pages) changePassword(v *visit.Visit, without bool) (token string, err error) {
	in := access.PasswordChange{New: v.Secret("password"), KeepSessions: v.Value("end_others") != "yes"}
	if !without {
		if in.Old = v.Secret("old_password"); in.Old == "" {
			return "", fault.Wrong().At("old_password", "required")
		}
	}
	if in.New != v.Secret("password_again") {
		return "", fault.Wrong().At("password_again", "password_differs")
	}
	return p.Access.ChangePassword(v.Context(), v.Caller.Session, in)
}
