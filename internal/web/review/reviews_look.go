package review

import (
	"net/http"

	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// reviewData is what the page of one review shows.
type reviewData struct {
	closure.View
	form       ui.Form
	conditions []policy.Result // as they hold now; only while it waits
	decides    bool            // whether the person may decide
	own        bool            // the person's own closure, on which somebody else decides
}

// review is one closure as a reviewer looks at it.
func (p *Pages) review(v *visit.Visit) error { return p.showReview(v, http.StatusOK, ui.Form{}) }

func (p *Pages) showReview(v *visit.Visit, status int, form ui.Form) error {
	view, err := p.Closures.Get(v.Context(), v.Part("id"), "")
	if err != nil {
		return err
	}
	data := reviewData{View: view, form: form, own: view.Account == v.Account()}
	if view.State == closure.InReview {
		if data.conditions, err = p.Closures.Blockers(v.Context(), view.ID); err != nil {
			return err
		}
		if data.decides, err = v.Has(identity.Reviewer); err != nil {
			return err
		}
	}
	page, err := v.Page(v.T("page.reviews.one"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, reviewPage(page, data))
}
