package operate

import (
	"errors"
	"io"
	"slices"

	"github.com/signoff-id/signoff/internal/addressbook"
	"github.com/signoff-id/signoff/internal/directory"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// imported is a list of people that was pasted.
type imported struct {
	form   ui.Form
	report *directory.Report // of what would happen, or why nothing did; nil before
}

// accountImport asks for the list.
func (p *Pages) accountImport(v *visit.Visit) error { return showImport(v, 200, imported{}) }

func showImport(v *visit.Visit, status int, d imported) error {
	page, err := v.Page(v.T("page.account.import"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, accountImportPage(page, d))
}

// accountImportSend brings people in, and into any organisation. It only looks
// until somebody has seen what would happen.
func (p *Pages) accountImportSend(v *visit.Visit) error {
	r, err := p.bring(v, directory.Options{Organisation: v.Value("organisation"), DryRun: v.Value("do") != "import",
		SkipRefused: v.Value("skip") == "yes", Invite: v.Value("invite") == "yes", Verified: v.Value("verified") == "yes"})
	d := imported{form: v.Form()}
	if err != nil {
		if d.form, err = v.Again(err); err != nil {
			return err
		}
		return showImport(v, d.form.Problem.Status, d)
	}
	if !r.Applied {
		status := 200
		if !r.DryRun {
			status = 422
		}
		d.report = &r
		return showImport(v, status, d)
	}
	v.Tell("success", "page.account.imported", "created", v.Words().Number(r.Created), "updated", v.Words().Number(r.Updated),
		"unchanged", v.Words().Number(r.Unchanged), "refused", v.Words().Number(r.Refused))
	return v.Go("/console/accounts")
}

// bring reads what was pasted to the letter, for a tab at a line's beginning is an
// empty cell, and imports it.
func (p *Pages) bring(v *visit.Visit, o directory.Options) (r directory.Report, err error) {
	if o.Organisation != "" && !visit.Plain(o.Organisation) {
		return r, fault.New(fault.NotFound, "organisation_not_found")
	}
	format := v.Value("format")
	if format != "" && !slices.Contains(pasted(), format) {
		return r, fault.New(fault.Invalid, "bad_request")
	}
	book, digest, forget, err := addressbook.Keep(func(to io.Writer) error {
		_, err := io.WriteString(to, v.Secret("people"))
		return err
	}, addressbook.Options{Format: format})
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, forget()) }()
	o.Digest = digest
	return p.Directory.Import(v.Context(), v.AsOperator(), book, o)
}

// pasted are the formats that are texts.
func pasted() []string { return []string{addressbook.CSV, addressbook.Keycloak, addressbook.Signoff} }

// formats are those to choose from.
func formats(p *ui.Page) []ui.Option {
	out := []ui.Option{{Label: p.T("page.account.format_any")}}
	for _, f := range pasted() {
		out = append(out, ui.Option{Value: f, Label: p.T("page.account.format." + f)})
	}
	return out
}
