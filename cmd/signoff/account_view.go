package main

import (
	"time"

	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
)

type identifierView struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
	// Verified is left out where nobody has shown that it is the person's own.
	Verified *time.Time `json:"verified_at,omitempty"`
}

type accountView struct {
	ID          string           `json:"id"`
	State       identity.State   `json:"state"`
	Name        string           `json:"name,omitempty"`
	Locale      string           `json:"locale"`
	Stolen      bool             `json:"stolen"`
	Banned      bool             `json:"banned"`
	Identifiers []identifierView `json:"identifiers"`
	CreatedAt   time.Time        `json:"created_at"`
	ClosedAt    *time.Time       `json:"closed_at,omitempty"`
}

func viewAccount(a identity.Account) accountView {
	v := accountView{ID: a.ID, State: a.State, Name: a.Name, Locale: a.Locale, Stolen: a.Stolen, Banned: a.Banned,
		Identifiers: []identifierView{}, CreatedAt: a.CreatedAt, ClosedAt: perhaps(a.ClosedAt)}
	for _, id := range a.Identifiers {
		v.Identifiers = append(v.Identifiers, identifierView{id.Kind, id.Value, perhaps(a.Verified[id])})
	}
	return v
}

// perhaps leaves a zero instant out of the JSON.
func perhaps(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// accountDetail is everything that is known of an account and that its closure
// may hang on.
type accountDetail struct {
	accountView
	Roles        []string          `json:"grants"`
	Memberships  []memberView      `json:"memberships"`
	Bindings     []bindingView     `json:"bindings"`
	Arrears      []arrearView      `json:"arrears"`
	Todos        []todoView        `json:"todos"`
	Attestations []attestationView `json:"attestations"`
}

type memberView struct {
	Organisation string    `json:"organisation_id"`
	Account      string    `json:"account_id"`
	Department   string    `json:"department_id,omitempty"`
	Role         string    `json:"role"`
	Offices      []string  `json:"offices"`
	JoinedAt     time.Time `json:"joined_at"`
}

func viewMember(m org.Member) memberView {
	offices := m.Offices
	if offices == nil {
		offices = []string{}
	}
	return memberView{Organisation: m.Organisation, Account: m.Account, Department: m.Department, Role: m.Role, Offices: offices, JoinedAt: m.JoinedAt}
}

type bindingView struct {
	ID        string    `json:"id"`
	Service   string    `json:"service"`
	Reference string    `json:"reference,omitempty"`
	CreatedAt time.Time `json:"created_at"`
}

func viewBinding(b identity.Binding) bindingView {
	return bindingView{ID: b.ID, Service: b.Service, Reference: b.Reference, CreatedAt: b.CreatedAt}
}

type arrearView struct {
	ID        string    `json:"id"`
	Currency  string    `json:"currency"`
	Amount    int64     `json:"amount"` // minor units
	Reference string    `json:"reference,omitempty"`
	CreatedAt time.Time `json:"created_at"`
}

func viewArrear(a identity.Arrear) arrearView {
	return arrearView{ID: a.ID, Currency: a.Currency, Amount: a.Amount, Reference: a.Reference, CreatedAt: a.CreatedAt}
}

type todoView struct {
	ID           string    `json:"id"`
	Kind         string    `json:"kind"`
	Title        string    `json:"title"`
	Organisation string    `json:"organisation_id,omitempty"`
	CreatedAt    time.Time `json:"created_at"`
}

func viewTodo(t org.Todo) todoView {
	return todoView{ID: t.ID, Kind: t.Kind, Title: t.Title, Organisation: t.Organisation, CreatedAt: t.CreatedAt}
}

type attestationView struct {
	ID           string    `json:"id"`
	Organisation string    `json:"organisation_id"`
	Kind         string    `json:"kind"`
	Evidence     string    `json:"evidence"`
	AttestedBy   string    `json:"attested_by"`
	AttestedAt   time.Time `json:"attested_at"`
}

func viewAttestation(a org.Attestation) attestationView {
	return attestationView{ID: a.ID, Organisation: a.Organisation, Kind: a.Kind, Evidence: a.Evidence, AttestedBy: a.AttestedBy, AttestedAt: a.AttestedAt}
}

// views turns a list into its JSON shape; an empty one is [], not null.
func views[T, V any](all []T, view func(T) V) []V {
	out := make([]V, len(all))
	for i, x := range all {
		out[i] = view(x)
	}
	return out
}
