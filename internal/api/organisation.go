package api

import (
	"time"

	"github.com/signoff-id/signoff/internal/org"
)

// InOrganisation names an organisation in the path.
type InOrganisation struct {
	ID string `path:"id" maxLength:"64" doc:"The organisation."`
}

// organisationView is a company or team.
type organisationView struct {
	ID            string    `json:"id"`
	Name          string    `json:"name"`
	Certification string    `json:"certification" enum:"none,in_progress,certified"`
	CreatedAt     time.Time `json:"created_at"`
}

func shapeOrganisation(o org.Organisation) organisationView {
	return organisationView{ID: o.ID, Name: o.Name, Certification: o.Certification, CreatedAt: o.CreatedAt.UTC()}
}

// departmentView is a node of an organisation's tree.
type departmentView struct {
	ID        string    `json:"id"`
	ParentID  string    `json:"parent_id,omitempty"`
	Name      string    `json:"name"`
	CreatedAt time.Time `json:"created_at"`
}

func shapeDepartment(d org.Department) departmentView {
	return departmentView{ID: d.ID, ParentID: d.Parent, Name: d.Name, CreatedAt: d.CreatedAt.UTC()}
}

// memberView is somebody's place in an organisation, as its admins see it.
type memberView struct {
	AccountID    string    `json:"account_id"`
	DepartmentID string    `json:"department_id,omitempty"`
	Role         string    `json:"role" enum:"creator,super_admin,admin,member"`
	Offices      []string  `json:"offices" nullable:"false"`
	JoinedAt     time.Time `json:"joined_at"`
}

func shapeMember(m org.Member) memberView {
	return memberView{AccountID: m.Account, DepartmentID: m.Department, Role: m.Role, Offices: each(m.Offices, same), JoinedAt: m.JoinedAt.UTC()}
}

// membershipView is the same place, as the person sees it.
type membershipView struct {
	Organisation organisationView `json:"organisation"`
	DepartmentID string           `json:"department_id,omitempty"`
	Role         string           `json:"role" enum:"creator,super_admin,admin,member"`
	Offices      []string         `json:"offices" nullable:"false"`
	JoinedAt     time.Time        `json:"joined_at"`
}
