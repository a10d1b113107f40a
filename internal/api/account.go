package api

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
)

// identifier is one name under which a person signs in.
type identifier struct {
	Kind  string `json:"kind" enum:"mobile,email,username"`
	Value string `json:"value" minLength:"1" maxLength:"254" doc:"Stored in one form: mobile numbers in E.164, e-mail addresses and user names in lower case."`
}

// accountView is one person's login.
type accountView struct {
	ID          string       `json:"id"`
	State       string       `json:"state" enum:"active,paused,erasing,closed"`
	Name        string       `json:"name"`
	Locale      string       `json:"locale" doc:"The language of notices."`
	Stolen      bool         `json:"stolen"`
	Banned      bool         `json:"banned"`
	Identifiers []identifier `json:"identifiers" nullable:"false"`
	Verified    []identifier `json:"verified" nullable:"false" doc:"Those of the identifiers that were shown to be the person's own: codes and links go to these only."`
	CreatedAt   time.Time    `json:"created_at"`
	ClosedAt    *time.Time   `json:"closed_at,omitempty"`
}

func shapeAccount(a identity.Account) accountView {
	return accountView{ID: a.ID, State: string(a.State), Name: a.Name, Locale: a.Locale, Stolen: a.Stolen, Banned: a.Banned,
		Identifiers: each(a.Identifiers, func(i identity.Identifier) identifier { return identifier(i) }),
		Verified:    each(a.Shown(), func(i identity.Identifier) identifier { return identifier(i) }),
		CreatedAt:   a.CreatedAt.UTC(), ClosedAt: when(a.ClosedAt)}
}

// bindingView is a link to an outside service.
type bindingView struct {
	ID        string    `json:"id"`
	Service   string    `json:"service"`
	Reference string    `json:"reference,omitempty"`
	CreatedAt time.Time `json:"created_at"`
}

func shapeBinding(b identity.Binding) bindingView {
	return bindingView{ID: b.ID, Service: b.Service, Reference: b.Reference, CreatedAt: b.CreatedAt.UTC()}
}

// arrearView is money that is still owed.
type arrearView struct {
	ID        string    `json:"id"`
	Currency  string    `json:"currency" doc:"ISO 4217."`
	Amount    int64     `json:"amount" doc:"In minor units: fen, cents."`
	Reference string    `json:"reference,omitempty"`
	CreatedAt time.Time `json:"created_at"`
}

func shapeArrear(a identity.Arrear) arrearView {
	return arrearView{ID: a.ID, Currency: a.Currency, Amount: a.Amount, Reference: a.Reference, CreatedAt: a.CreatedAt.UTC()}
}

// profile is an account with everything that can stand in the way of its end.
type profile struct {
	Account      accountView       `json:"account"`
	Memberships  []membershipView  `json:"memberships" nullable:"false"`
	Bindings     []bindingView     `json:"bindings" nullable:"false"`
	Arrears      []arrearView      `json:"arrears" nullable:"false"`
	Todos        []todoView        `json:"todos" nullable:"false" doc:"The open ones."`
	Attestations []attestationView `json:"attestations" nullable:"false"`
	PasswordOld  *time.Time        `json:"password_old_since,omitempty" doc:"A reminder: since when the password is what it is. Nobody has to change it."`
	Grants       []string          `json:"grants" nullable:"false" doc:"Roles on the platform: operator, reviewer, auditor."`
}

// profileOf gathers an account's profile, or answers account_not_found.
func (f *face) profileOf(ctx context.Context, account string) (*answer[profile], error) {
	a, err := f.Accounts.Get(ctx, account)
	if err != nil {
		return nil, err
	}
	places, err := f.Orgs.Places(ctx, account)
	if err != nil {
		return nil, err
	}
	memberships := []membershipView{}
	for _, m := range places {
		memberships = append(memberships, membershipView{Organisation: shapeOrganisation(m.Org), Role: m.Role,
			Offices: each(m.Offices, same), DepartmentID: m.Department, JoinedAt: m.JoinedAt.UTC()})
	}
	bindings, arrears, err := f.Accounts.Hindrances(ctx, account)
	if err != nil {
		return nil, err
	}
	todos, attested, err := f.Orgs.Duties(ctx, account)
	if err != nil {
		return nil, err
	}
	grants, err := f.Accounts.Grants(ctx, account)
	if err != nil {
		return nil, err
	}
	since, err := f.Access.OldPassword(ctx, account)
	if err != nil {
		return nil, err
	}
	return &answer[profile]{Body: profile{PasswordOld: when(since), Account: shapeAccount(a), Memberships: memberships, Bindings: each(bindings, shapeBinding),
		Arrears: each(arrears, shapeArrear), Todos: each(todos, shapeTodo), Attestations: each(attested, shapeAttestation),
		Grants: each(grants, same)}}, nil
}

func same(s string) string { return s }

// todoView is something that waits for a person.
type todoView struct {
	ID             string    `json:"id"`
	OrganisationID string    `json:"organisation_id,omitempty"`
	Kind           string    `json:"kind" enum:"todo,approval"`
	Title          string    `json:"title"`
	CreatedAt      time.Time `json:"created_at"`
}

func shapeTodo(t org.Todo) todoView {
	return todoView{ID: t.ID, OrganisationID: t.Organisation, Kind: t.Kind, Title: t.Title, CreatedAt: t.CreatedAt.UTC()}
}

// attestationView is evidence that a duty tied to an office has been met.
type attestationView struct {
	ID             string    `json:"id"`
	OrganisationID string    `json:"organisation_id"`
	Kind           string    `json:"kind" enum:"tax_deregistration,social_insurance_exit"`
	Evidence       string    `json:"evidence"`
	AttestedBy     string    `json:"attested_by"`
	AttestedAt     time.Time `json:"attested_at"`
}

func shapeAttestation(a org.Attestation) attestationView {
	return attestationView{ID: a.ID, OrganisationID: a.Organisation, Kind: a.Kind, Evidence: a.Evidence,
		AttestedBy: a.AttestedBy, AttestedAt: a.AttestedAt.UTC()}
}
