package e2e_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/client"
)

func TestOrganisations(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.run(t, "organisations have a tree of departments", organisationsHaveATreeOfDepartments)
		s.run(t, "members roles and offices", membersRolesAndOffices)
		s.run(t, "to dos and attestations", toDosAndAttestations)
	})
}

// company is an organisation with somebody of every role in it.
type company struct {
	client.Organisation
	creator, admin, worker *person
}

func (s *stage) company(name string) *company {
	s.T.Helper()
	o, err := s.operator.CreateOrganisation(s.T.Context(), name)
	s.Must(err)
	c := &company{Organisation: o, creator: s.person(), admin: s.person(), worker: s.person()}
	s.place(c, c.creator, client.NewMember{Role: client.Creator})
	s.place(c, c.admin, client.NewMember{Role: client.Admin})
	s.place(c, c.worker, client.NewMember{Role: client.Ordinary})
	return c
}

// place puts somebody into an organisation, as an operator does.
func (s *stage) place(c *company, p *person, in client.NewMember) {
	s.T.Helper()
	_, err := s.operator.PutMember(s.T.Context(), c.ID, p.id, in)
	s.Must(err)
}

func (s *stage) department(c *company, name, parent string) string {
	s.T.Helper()
	d, err := c.admin.CreateDepartment(s.T.Context(), c.ID, client.NewDepartment{Name: name, ParentID: parent})
	s.Must(err)
	return d.ID
}

func organisationsHaveATreeOfDepartments(t *testing.T, s *stage) {
	ctx := t.Context()
	c, other := s.company("远航科技有限公司"), s.company("Another")
	sales := s.department(c, "销售部", "")
	north := s.department(c, "华北区", sales)
	team := s.department(c, "北京一组", north)
	tree, err := c.admin.Departments(ctx, c.ID)
	s.Must(err)
	var shown []string
	for _, d := range tree {
		shown = append(shown, d.ID+" "+d.ParentID)
	}
	if !slices.Equal(shown, []string{sales + " ", north + " " + sales, team + " " + north}) {
		t.Errorf("the tree is %q", shown)
	}
	foreign := s.department(other, "Elsewhere", "")
	for what, err := range map[string]error{
		"below another's":  drop(c.admin.CreateDepartment(ctx, c.ID, client.NewDepartment{Name: "x", ParentID: foreign})),
		"a place in it":    drop(c.admin.PutMember(ctx, c.ID, c.worker.id, client.NewMember{Role: client.Ordinary, DepartmentID: foreign})),
		"by the operator":  drop(s.operator.PutMember(ctx, c.ID, c.worker.id, client.NewMember{Role: client.Ordinary, DepartmentID: foreign})),
		"that nobody made": drop(c.admin.CreateDepartment(ctx, c.ID, client.NewDepartment{Name: "x", ParentID: c.ID})),
	} {
		if !client.HasCode(err, "department_not_found") {
			t.Errorf("a department %s: %v", what, err)
		}
	}
	deep := team
	for range 29 {
		deep = s.department(c, "x", deep)
	}
	if _, err := c.admin.CreateDepartment(ctx, c.ID, client.NewDepartment{Name: "x", ParentID: deep}); !client.HasCode(err, "validation_failed") {
		t.Errorf("a tree without end: %v", err)
	}
	if _, err := c.admin.CreateDepartment(ctx, c.ID, client.NewDepartment{Name: " \t "}); !client.HasCode(err, "validation_failed") {
		t.Errorf("a department without a name: %v", err)
	}
}

func membersRolesAndOffices(t *testing.T, s *stage) {
	ctx := t.Context()
	c := s.company("远航科技有限公司")
	sales := s.department(c, "销售部", "")
	both := []string{client.FinanceOfficer, client.LegalRepresentative}
	placed, err := c.creator.PutMember(ctx, c.ID, c.worker.id, client.NewMember{Role: client.SuperAdmin, DepartmentID: sales, Offices: both})
	s.Must(err)
	seen, err := c.admin.Member(ctx, c.ID, c.worker.id)
	s.Must(err)
	if slices.Sort(seen.Offices); seen.Role != client.SuperAdmin || seen.DepartmentID != sales || !slices.Equal(seen.Offices, both) || !seen.JoinedAt.Equal(placed.JoinedAt) {
		t.Errorf("placed as %+v, seen as %+v", placed, seen)
	}
	own, err := c.worker.OwnAccount(ctx)
	s.Must(err)
	if len(own.Memberships) != 1 || own.Memberships[0].Organisation.ID != c.ID || own.Memberships[0].Role != client.SuperAdmin || len(own.Memberships[0].Offices) != 2 {
		t.Errorf("the own membership: %+v", own.Memberships)
	}
	if err := c.admin.RemoveMember(ctx, c.ID, c.worker.id); !client.HasCode(err, "owner_required") {
		t.Errorf("an admin removes a super admin: %v", err)
	}
	if err := c.worker.LeaveOrganisation(ctx, c.ID); !client.HasCode(err, "handover_required") {
		t.Errorf("a super admin leaves: %v", err)
	}
	changed, err := c.creator.PutMember(ctx, c.ID, c.worker.id, client.NewMember{Role: client.Ordinary})
	s.Must(err)
	if changed.Role != client.Ordinary || changed.DepartmentID != "" || len(changed.Offices) != 0 || !changed.JoinedAt.Equal(placed.JoinedAt) {
		t.Errorf("changed to %+v, joined first at %v", changed, placed.JoinedAt)
	}
	s.Must(c.worker.LeaveOrganisation(ctx, c.ID))
	if _, err := c.worker.Organisation(ctx, c.ID); !client.HasCode(err, "organisation_not_found") {
		t.Errorf("who left still sees it: %v", err)
	}
	if _, err := c.admin.PutMember(ctx, c.ID, c.worker.id, client.NewMember{Role: client.Ordinary}); !client.HasCode(err, "member_not_found") {
		t.Errorf("an admin pulls somebody in: %v", err)
	}
	s.Must(s.operator.SetCertification(ctx, c.ID, client.Certifying))
	if o, err := c.admin.Organisation(ctx, c.ID); err != nil || o.Certification != client.Certifying || o.Name != "远航科技有限公司" {
		t.Errorf("the organisation: %+v, %v", o, err)
	}
	if err := s.operator.SetCertification(ctx, c.ID, "gold"); !client.HasCode(err, "validation_failed") {
		t.Errorf("a certification that there is not: %v", err)
	}
	if _, err := s.operator.CreateOrganisation(ctx, strings.Repeat("长", 201)); !client.HasCode(err, "validation_failed") {
		t.Errorf("a name without end: %v", err)
	}
}

func toDosAndAttestations(t *testing.T, s *stage) {
	ctx := t.Context()
	c := s.company("远航科技有限公司")
	s.planted.add("sign the Zhang contract", "税务注销 No. 2026-118")
	task, err := c.admin.AddTodo(ctx, c.ID, c.worker.id, client.NewTodo{Kind: client.Task, Title: "sign the Zhang contract"})
	s.Must(err)
	approval, err := s.operator.AddTodo(ctx, c.ID, c.worker.id, client.NewTodo{Kind: client.Approval, Title: "leave of absence"})
	s.Must(err)
	proof, err := c.admin.AddAttestation(ctx, c.ID, c.worker.id, client.NewAttestation{Kind: client.TaxDeregistration, Evidence: "税务注销 No. 2026-118"})
	s.Must(err)
	own, err := c.worker.OwnAccount(ctx)
	s.Must(err)
	if !slices.Equal(own.Todos, []client.Todo{task, approval}) || !slices.Equal(own.Attestations, []client.Attestation{proof}) || proof.AttestedBy != c.admin.id {
		t.Errorf("profile: %+v", own)
	}
	if err := c.creator.CompleteOwnTodo(ctx, task.ID); !client.HasCode(err, "todo_not_found") {
		t.Errorf("somebody else's to-do: %v", err)
	}
	s.Must(c.worker.CompleteOwnTodo(ctx, task.ID))
	if err := c.worker.CompleteOwnTodo(ctx, task.ID); !client.HasCode(err, "todo_not_found") {
		t.Errorf("done twice: %v", err)
	}
	if own, err = c.worker.OwnAccount(ctx); err != nil || !slices.Equal(own.Todos, []client.Todo{approval}) {
		t.Errorf("left: %+v, %v", own.Todos, err)
	}
}
