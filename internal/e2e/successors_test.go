package e2e_test

import (
	"testing"

	"github.com/signoff-id/signoff/client"
)

func TestSuccessors(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.run(t, "successors are colleagues", successorsAreColleagues)
		s.run(t, "a successor who is gone takes over nothing", aSuccessorWhoIsGoneTakesOverNothing)
	})
}

// A successor is somebody whom the person works with; whoever is none is not
// told from whoever does not exist.
func successorsAreColleagues(t *testing.T, s *stage) {
	ctx := t.Context()
	ours, theirs := s.company("Ours"), s.company("Theirs")
	left := s.person()
	s.place(ours, left, client.NewMember{Role: client.Ordinary})
	s.Must(left.LeaveOrganisation(ctx, ours.ID))
	for what, successor := range map[string]string{"oneself": ours.worker.id, "a stranger": theirs.worker.id, "who left": left.id, "nobody": ours.ID} {
		if _, err := ours.worker.RequestClosure(ctx, client.NewClosure{Policy: "wecom", SuccessorID: successor}); fieldsOf(err)[0] != "successor_id successor_unknown" {
			t.Errorf("%s as successor: %v", what, err)
		}
	}
	if _, err := ours.worker.RequestClosure(ctx, client.NewClosure{Policy: "wecom", SuccessorID: ours.admin.id}); err != nil {
		t.Error(err)
	}
}

// A successor whose own account has been closed by then takes over nothing: no
// row may lead to who is gone.
func aSuccessorWhoIsGoneTakesOverNothing(t *testing.T, s *stage) {
	c := s.company("远航科技有限公司")
	p, successor := c.worker, c.admin
	s.works(p)
	s.works(successor)
	begun := s.approved(p, client.NewClosure{Policy: "wecom", SuccessorID: successor.id})
	s.Must(successor.LeaveOrganisation(t.Context(), c.ID))
	s.closed(successor)
	s.Clock.Advance(15 * day)
	done := s.reaches(begun.Closure.ID, client.Closed)
	file, err := s.operator.Certificate(t.Context(), done.ID)
	s.Must(err)
	if got, want := s.crm.of(t, p), erasedRows(p, nil, s.verified(file).Subject); got != want {
		t.Errorf("left of the person:\n%s\nwant:\n%s", got, want)
	}
	if n := s.crm.mentions(t, successor); n != 0 {
		t.Errorf("%d rows lead to an account that is closed", n)
	}
}
