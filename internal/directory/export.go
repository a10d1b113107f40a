package directory

import (
	"context"
	"io"
	"strconv"

	"github.com/signoff-id/signoff/internal/addressbook"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
)

// Person is an account with everything that another Signoff takes over.
type Person struct {
	Newcomer
	Places []org.Member
}

// ExportTx reads everything, a page at a time.
type ExportTx interface {
	// People gives the active accounts whose closure has not begun, in the order
	// of their ids, from the one after the given id on; passwords says whether
	// their hashes come along. The last id tells where to go on.
	People(ctx context.Context, after string, limit int, passwords bool) (page []Person, last string, err error)
	Organisations(ctx context.Context, after string, limit int) ([]org.Organisation, error)
	Departments(ctx context.Context, organisation string) ([]org.Department, error)
}

// Export writes organisations, departments and accounts as one picture, in the
// format that Import takes. The platform's roles, sessions, closures, bindings
// and arrears stay: they are this installation's. Who is being closed stays too.
func (s *Service) Export(ctx context.Context, by audit.Actor, w io.Writer, passwords bool) (end addressbook.End, err error) {
	out, err := addressbook.NewWriter(w, addressbook.Head{Issuer: s.Issuer, ExportedAt: s.Now()})
	if err != nil {
		return end, err
	}
	err = s.Picture(ctx, func(tx ExportTx) error {
		open, err := exportOrganisations(ctx, tx, out)
		if err != nil {
			return err
		}
		return exportPeople(ctx, tx, out, open, passwords)
	})
	if err != nil {
		return end, err
	}
	if end, err = out.Close(); err != nil {
		return end, err
	}
	return end, s.InTx(ctx, func(tx Tx) error {
		return tx.AppendAuditBatch(ctx, []audit.Entry{{ID: s.NewID(), At: s.Now(), Actor: by, Action: "directory.exported", Data: map[string]string{
			"accounts": strconv.Itoa(end.Accounts), "organisations": strconv.Itoa(end.Organisations), "passwords": strconv.FormatBool(passwords)}}})
	})
}

const exportPage = 500

// exportOrganisations gives the ids of those that it has written: an organisation
// whose end has begun stays.
func exportOrganisations(ctx context.Context, tx ExportTx, out *addressbook.Writer) (map[string]bool, error) {
	open := map[string]bool{}
	for after := ""; ; {
		page, err := tx.Organisations(ctx, after, exportPage)
		if err != nil || len(page) == 0 {
			return open, err
		}
		for _, o := range page {
			if after = o.ID; o.State != org.Active {
				continue
			}
			open[o.ID] = true
			if err := exportOrganisation(ctx, tx, out, o); err != nil {
				return nil, err
			}
		}
	}
}

func exportOrganisation(ctx context.Context, tx ExportTx, out *addressbook.Writer, o org.Organisation) error {
	if err := out.Organisation(addressbook.Organisation{ID: o.ID, Name: o.Name, Certification: o.Certification, CreatedAt: o.CreatedAt}); err != nil {
		return err
	}
	all, err := tx.Departments(ctx, o.ID)
	if err != nil {
		return err
	}
	for _, d := range all {
		err := out.Department(addressbook.Department{ID: d.ID, OrganisationID: d.Organisation, ParentID: d.Parent, Name: d.Name, CreatedAt: d.CreatedAt})
		if err != nil {
			return err
		}
	}
	return nil
}

func exportPeople(ctx context.Context, tx ExportTx, out *addressbook.Writer, open map[string]bool, passwords bool) error {
	for after := ""; ; {
		page, last, err := tx.People(ctx, after, exportPage, passwords)
		if err != nil || last == "" {
			return err
		}
		after = last
		for _, p := range page {
			if err := out.Account(shape(p, open)); err != nil {
				return err
			}
		}
	}
}

func shape(p Person, open map[string]bool) addressbook.Account {
	a := addressbook.Account{ID: p.Account.ID, Name: p.Account.Name, Locale: p.Account.Locale, CreatedAt: p.Account.CreatedAt,
		Stolen: p.Account.Stolen, Banned: p.Account.Banned, Paused: p.Account.State == identity.Paused, Password: p.Password,
		Identifiers: []addressbook.Identifier{}}
	for _, id := range p.Account.Identifiers {
		a.Identifiers = append(a.Identifiers, addressbook.Identifier(id))
	}
	for _, m := range p.Places {
		if open[m.Organisation] {
			a.Memberships = append(a.Memberships, addressbook.Place{OrganisationID: m.Organisation, DepartmentID: m.Department,
				Role: m.Role, Offices: m.Offices, JoinedAt: m.JoinedAt})
		}
	}
	return a
}
