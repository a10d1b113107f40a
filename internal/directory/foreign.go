package directory

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/signoff-id/signoff/internal/addressbook"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/org"
)

// foreign is what another Signoff's file has brought so far: organisations and
// departments keep their ids, so what is there already is the same one.
type foreign struct {
	organisations map[string]bool
	departments   map[string]org.Department
}

func newForeign() *foreign {
	return &foreign{organisations: map[string]bool{}, departments: map[string]org.Department{}}
}

// takePlaces takes what people are in.
func (r *run) takePlaces(ctx context.Context, tx Tx, items []addressbook.Item) error {
	for _, item := range items {
		if r.skip[item.Row] {
			r.report.Refused++
			continue
		}
		var wrong []addressbook.Wrong
		var err error
		switch {
		case item.Path != nil && r.Organisation != "":
			r.tree.at(item.Path)
		case item.Organisation != nil:
			wrong, err = r.takeOrganisation(ctx, tx, *item.Organisation)
		case item.Department != nil:
			wrong, err = r.takeDepartment(ctx, tx, *item.Department)
		}
		if err != nil {
			return err
		}
		if len(wrong) == 0 {
			continue
		}
		r.report.refuse(item.Row, wrong...)
		if r.skip[item.Row] = true; r.writing && !r.SkipRefused {
			return errRefused
		}
	}
	return nil
}

func (r *run) takeOrganisation(ctx context.Context, tx Tx, in addressbook.Organisation) ([]addressbook.Wrong, error) {
	var p addressbook.Person // for its list of what is wrong
	if uuid.Validate(in.ID) != nil {
		p.At("id", "import_id_invalid")
	}
	if name := strings.TrimSpace(in.Name); name == "" || utf8.RuneCountInString(name) > maxName {
		p.At("name", "name_too_long", "max", maxName)
	}
	if !slices.Contains(org.Certifications(), in.Certification) {
		p.At("certification", "certification_unknown")
	}
	if len(p.Wrong) > 0 {
		return p.Wrong, nil
	}
	known, err := tx.Organisation(ctx, in.ID)
	if err == nil && known.State != org.Active {
		p.At("id", "organisation_ending")
		return p.Wrong, nil
	}
	r.foreign.organisations[in.ID] = true
	if err == nil {
		all, err := tx.Departments(ctx, in.ID)
		for _, d := range all {
			r.foreign.departments[d.ID] = d
		}
		return nil, err
	}
	if !fault.Is(err, "organisation_not_found") {
		return nil, err
	}
	r.report.Organisations++
	if !r.writing {
		return nil, nil
	}
	o := org.Organisation{ID: in.ID, Name: strings.TrimSpace(in.Name), Certification: in.Certification, State: org.Active, CreatedAt: r.since(in.CreatedAt)}
	if err := tx.InsertOrganisation(ctx, o); err != nil {
		return nil, err
	}
	return nil, tx.AppendAuditBatch(ctx, []audit.Entry{r.entry("organisation.created", o.ID, "", nil)})
}

func (r *run) takeDepartment(ctx context.Context, tx Tx, in addressbook.Department) ([]addressbook.Wrong, error) {
	var p addressbook.Person
	if known, ok := r.foreign.departments[in.ID]; ok {
		if known.Organisation != in.OrganisationID {
			p.At("id", "import_id_invalid")
		}
		return p.Wrong, nil
	}
	above := r.foreign.departments[in.ParentID]
	if uuid.Validate(in.ID) != nil {
		p.At("id", "import_id_invalid")
	}
	if !r.foreign.organisations[in.OrganisationID] {
		p.At("organisation_id", "organisation_not_found")
	}
	if in.ParentID != "" && (above.ID == "" || above.Organisation != in.OrganisationID) {
		p.At("parent_id", "department_not_found")
	}
	if name := strings.TrimSpace(in.Name); name == "" || utf8.RuneCountInString(name) > maxName {
		p.At("name", "name_too_long", "max", maxName)
	}
	d := org.Department{ID: in.ID, Organisation: in.OrganisationID, Parent: in.ParentID, Path: above.Path + in.ID + "/",
		Name: strings.TrimSpace(in.Name), CreatedAt: r.since(in.CreatedAt)}
	if strings.Count(d.Path, "/") > org.MaxDepth {
		p.At("parent_id", "department_too_deep", "max", org.MaxDepth)
	}
	if len(p.Wrong) > 0 {
		return p.Wrong, nil
	}
	r.foreign.departments[d.ID] = d
	r.report.Departments++
	if !r.writing {
		return nil, nil
	}
	if err := tx.InsertDepartment(ctx, d); err != nil {
		return nil, err
	}
	e := r.entry("department.created", d.Organisation, "", map[string]string{"import": r.report.ID})
	e.Object = d.ID
	return nil, tx.AppendAuditBatch(ctx, []audit.Entry{e})
}

// since keeps an instant of the past, and nothing of the future.
func (r *run) since(at time.Time) time.Time {
	if at.IsZero() || at.After(r.now) {
		return r.now
	}
	return at
}

// decidePlaces checks the places that an account brings along. Where it has one
// already, that one stays as it is here.
func (r *run) decidePlaces(ctx context.Context, tx Tx, c *candidate) error {
	p := c.person
	r.checkPlaces(c)
	if len(c.wrong) > 0 || len(p.Places) == 0 {
		return nil
	}
	c.places = p.Places
	if c.isNew {
		return nil
	}
	has, err := tx.Memberships(ctx, c.account)
	c.places = slices.DeleteFunc(slices.Clone(p.Places), func(p addressbook.Place) bool {
		return slices.ContainsFunc(has, func(m org.Member) bool { return m.Organisation == p.OrganisationID })
	})
	return err
}

func (r *run) checkPlaces(c *candidate) {
	p := c.person
	if p.Account != "" && uuid.Validate(p.Account) != nil {
		c.refuse("id", "import_id_invalid")
	}
	for _, place := range p.Places {
		if !r.foreign.organisations[place.OrganisationID] {
			c.refuse("memberships", "organisation_not_found")
			return
		}
		if place.DepartmentID != "" && r.foreign.departments[place.DepartmentID].Organisation != place.OrganisationID {
			c.refuse("memberships", "department_not_found")
			return
		}
		if err := org.CheckPlace(place.Role, place.Offices); err != nil {
			for _, f := range fault.Of(err).Fields {
				c.refuse("memberships", f.Code)
			}
			return
		}
	}
}
