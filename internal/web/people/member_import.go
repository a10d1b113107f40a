package people

import (
	"io"

	"github.com/signoff-id/signoff/internal/directory"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// memberImport adds many people from a list that was pasted: the first time it
// only looks, and says what would happen.
func (p *Pages) memberImport(v *visit.Visit) error {
	l, err := p.enter(v)
	if err != nil {
		return err
	}
	look := v.Value("do") != "import"
	text := v.Secret("people") // to the letter: a tab at a line's beginning is an empty cell
	r, err := p.bring(v, l, func(to io.Writer) error {
		_, err := io.WriteString(to, text)
		return err
	}, directory.Options{DryRun: look, SkipRefused: v.Value("skip") == "yes", Invite: v.Value("invite") == "yes"})
	d := addData{place: l, many: v.Form()}
	if err != nil {
		if d.many, err = v.Again(err); err != nil {
			return err
		}
		return p.showAdd(v, d.many.Problem.Status, d)
	}
	if !r.Applied {
		d.report = &r
		status := 200
		if !look {
			status = 422
		}
		return p.showAdd(v, status, d)
	}
	v.Tell("success", "page.people.were_added", "joined", v.Words().Number(r.Joined), "created", v.Words().Number(r.Created),
		"unchanged", v.Words().Number(r.Unchanged), "refused", v.Words().Number(r.Refused))
	return v.Go(l.path("/people"))
}
