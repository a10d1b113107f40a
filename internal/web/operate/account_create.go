package operate

import (
	"strconv"
	"strings"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// accountNew asks for what an account begins with.
func (p *Pages) accountNew(v *visit.Visit) error { return showAccountNew(v, 200, ui.Form{}) }

func showAccountNew(v *visit.Visit, status int, form ui.Form) error {
	page, err := v.Page(v.T("page.account.new"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, accountNewPage(page, form))
}

// accountCreate makes an account.
func (p *Pages) accountCreate(v *visit.Visit) error {
	in := identity.NewAccount{Name: v.Value("name"), Locale: v.Value("locale"), Password: v.Secret("password"), Verified: v.Value("verified") == "yes"}
	for _, kind := range []string{identity.Email, identity.Mobile, identity.Username} {
		if value := v.Value(kind); value != "" {
			in.Identifiers = append(in.Identifiers, identity.Identifier{Kind: kind, Value: value})
		}
	}
	a, err := p.Accounts.Create(v.Context(), v.AsOperator(), in)
	if err != nil {
		form, err := v.Again(byKind(err, in.Identifiers))
		if err != nil {
			return err
		}
		return showAccountNew(v, form.Problem.Status, form)
	}
	v.Tell("success", "page.account.created")
	return v.Go(accountPath(a.ID, ""))
}

// byKind puts what is wrong with the sign-in names beside their fields, which are
// named by their kinds.
func byKind(err error, names []identity.Identifier) error {
	e := *fault.Of(err)
	e.Fields = append([]fault.Field(nil), e.Fields...)
	for i, f := range e.Fields {
		if f.Path == "identifiers" {
			e.Fields[i].Path = identity.Email
		}
		for n, id := range names {
			if under(f.Path, n) {
				e.Fields[i].Path = id.Kind
			}
		}
	}
	if kind, ok := e.Args["kind"].(string); ok && len(e.Fields) == 0 {
		e.Fields = []fault.Field{{Path: kind, Code: e.Code, Args: e.Args}}
	}
	return &e
}

// under says whether a path of the API is that of the n-th sign-in name.
func under(path string, n int) bool {
	return strings.HasPrefix(path, "identifiers["+strconv.Itoa(n)+"].")
}
