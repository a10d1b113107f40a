package client

import (
	"context"
	"iter"
	"net/http"
	"time"
)

// The roles of a member.
const (
	Creator    = "creator"
	SuperAdmin = "super_admin"
	Admin      = "admin"
	Ordinary   = "member"
)

// The offices that law ties duties to.
const (
	LegalRepresentative = "legal_representative"
	FinanceOfficer      = "finance_officer"
)

// Member is somebody's place in an organisation, as its admins see it.
type Member struct {
	AccountID    string    `json:"account_id"`
	DepartmentID string    `json:"department_id"`
	Role         string    `json:"role"`
	Offices      []string  `json:"offices"`
	JoinedAt     time.Time `json:"joined_at"`
}

// Membership is the same place, as the person sees it.
type Membership struct {
	Organisation Organisation `json:"organisation"`
	DepartmentID string       `json:"department_id"`
	Role         string       `json:"role"`
	Offices      []string     `json:"offices"`
	JoinedAt     time.Time    `json:"joined_at"`
}

// NewMember is the place that somebody gets.
type NewMember struct {
	DepartmentID string   `json:"department_id,omitempty"`
	Role         string   `json:"role"`
	Offices      []string `json:"offices,omitempty"`
}

// Members gives one page of an organisation's members; for operators and its
// admins, as all that follows here. Codes: organisation_not_found,
// admin_required.
func (c *Client) Members(ctx context.Context, organisation string, p Page) (List[Member], error) {
	return list[Member](ctx, c, path("organisations", organisation, "members"), p.query())
}

// AllMembers gives every member, page by page.
func (c *Client) AllMembers(ctx context.Context, organisation string) iter.Seq2[Member, error] {
	return walk(ctx, func(ctx context.Context, p Page) (List[Member], error) { return c.Members(ctx, organisation, p) })
}

// Member gives one member's place. Codes: organisation_not_found,
// admin_required, member_not_found.
func (c *Client) Member(ctx context.Context, organisation, account string) (Member, error) {
	return get[Member](ctx, c, path("organisations", organisation, "members", account), nil)
}

// MemberSessions lists a member's valid sessions, the newest first. Codes:
// organisation_not_found, admin_required, owner_required, member_not_found.
func (c *Client) MemberSessions(ctx context.Context, organisation, account string) ([]Session, error) {
	return items[Session](ctx, c, path("organisations", organisation, "members", account, "sessions"))
}

// PutMember changes a member's place; an operator also makes somebody a member.
// Codes: organisation_not_found, admin_required, owner_required,
// member_not_found, department_not_found, account_not_found, account_ending.
func (c *Client) PutMember(ctx context.Context, organisation, account string, in NewMember) (Member, error) {
	return put[Member](ctx, c, path("organisations", organisation, "members", account), in)
}

// RemoveMember takes a member out. Codes: organisation_not_found,
// admin_required, owner_required, member_not_found.
func (c *Client) RemoveMember(ctx context.Context, organisation, account string) error {
	return c.tell(ctx, http.MethodDelete, path("organisations", organisation, "members", account), nil)
}

// The kinds of to-dos.
const (
	Task     = "todo"
	Approval = "approval"
)

// Todo is something that waits for a person.
type Todo struct {
	ID             string    `json:"id"`
	OrganisationID string    `json:"organisation_id"`
	Kind           string    `json:"kind"`
	Title          string    `json:"title"`
	CreatedAt      time.Time `json:"created_at"`
}

// NewTodo is something that is to wait for a person.
type NewTodo struct {
	Kind  string `json:"kind"`
	Title string `json:"title"`
}

// AddTodo gives a member a to-do or an approval. Codes: organisation_not_found,
// admin_required, member_not_found.
func (c *Client) AddTodo(ctx context.Context, organisation, account string, in NewTodo) (Todo, error) {
	return create[Todo](ctx, c, path("organisations", organisation, "members", account, "todos"), in)
}

// The kinds of attestations.
const (
	TaxDeregistration   = "tax_deregistration"
	SocialInsuranceExit = "social_insurance_exit"
)

// Attestation is evidence that a duty tied to an office has been met.
type Attestation struct {
	ID             string    `json:"id"`
	OrganisationID string    `json:"organisation_id"`
	Kind           string    `json:"kind"`
	Evidence       string    `json:"evidence"`
	AttestedBy     string    `json:"attested_by"` // account id
	AttestedAt     time.Time `json:"attested_at"`
}

// NewAttestation is evidence to record.
type NewAttestation struct {
	Kind     string `json:"kind"`
	Evidence string `json:"evidence"`
}

// AddAttestation records that a member has met a duty. Codes:
// organisation_not_found, admin_required, member_not_found.
func (c *Client) AddAttestation(ctx context.Context, organisation, account string, in NewAttestation) (Attestation, error) {
	return create[Attestation](ctx, c, path("organisations", organisation, "members", account, "attestations"), in)
}
