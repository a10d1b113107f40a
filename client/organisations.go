package client

import (
	"context"
	"iter"
	"net/http"
	"time"
)

// The states of an enterprise certification.
const (
	NotCertified = "none"
	Certifying   = "in_progress"
	Certified    = "certified"
)

// Organisation is one company or team.
type Organisation struct {
	ID            string    `json:"id"`
	Name          string    `json:"name"`
	Certification string    `json:"certification"`
	CreatedAt     time.Time `json:"created_at"`
}

// CreateOrganisation makes an organisation without members; for operators.
func (c *Client) CreateOrganisation(ctx context.Context, name string) (Organisation, error) {
	return create[Organisation](ctx, c, path("organisations"), map[string]string{"name": name})
}

// Organisations gives one page of all organisations, the oldest first; for
// operators.
func (c *Client) Organisations(ctx context.Context, p Page) (List[Organisation], error) {
	return list[Organisation](ctx, c, path("organisations"), p.query())
}

// AllOrganisations gives every organisation, page by page; for operators.
func (c *Client) AllOrganisations(ctx context.Context) iter.Seq2[Organisation, error] {
	return walk(ctx, c.Organisations)
}

// Organisation gives one organisation; for operators and its members. Codes:
// organisation_not_found.
func (c *Client) Organisation(ctx context.Context, organisation string) (Organisation, error) {
	return get[Organisation](ctx, c, path("organisations", organisation), nil)
}

// SetCertification records how far an enterprise certification is; for
// operators. Codes: organisation_not_found.
func (c *Client) SetCertification(ctx context.Context, organisation, certification string) error {
	return c.tell(ctx, http.MethodPut, path("organisations", organisation, "certification"), map[string]string{"certification": certification})
}

// Department is a node of an organisation's tree.
type Department struct {
	ID        string    `json:"id"`
	ParentID  string    `json:"parent_id"` // "" at the root
	Name      string    `json:"name"`
	CreatedAt time.Time `json:"created_at"`
}

// NewDepartment is a department to add.
type NewDepartment struct {
	Name     string `json:"name"`
	ParentID string `json:"parent_id,omitempty"`
}

// CreateDepartment adds a department; for operators and the organisation's
// admins. Codes: organisation_not_found, department_not_found, admin_required.
func (c *Client) CreateDepartment(ctx context.Context, organisation string, in NewDepartment) (Department, error) {
	return create[Department](ctx, c, path("organisations", organisation, "departments"), in)
}

// Departments lists an organisation's tree, parents before children; for
// operators and the organisation's admins. Codes: organisation_not_found,
// admin_required.
func (c *Client) Departments(ctx context.Context, organisation string) ([]Department, error) {
	return items[Department](ctx, c, path("organisations", organisation, "departments"))
}
