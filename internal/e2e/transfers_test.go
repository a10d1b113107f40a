package e2e_test

import (
	"slices"
	"testing"
	"time"

	"github.com/signoff-id/signoff/client"
)

func TestHandingOverRoles(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.run(t, "a successor takes over", aSuccessorTakesOver)
		s.run(t, "an organisation keeps an admin", anOrganisationKeepsAnAdmin)
		s.run(t, "nobody attests the own duties", nobodyAttestsTheOwnDuties)
		s.run(t, "nothing moves without a yes", nothingMovesWithoutAYes)
	})
}

func aSuccessorTakesOver(t *testing.T, s *stage) {
	ctx := t.Context()
	c := s.company("远航科技有限公司")
	s.place(c, c.creator, client.NewMember{Role: client.Creator, Offices: []string{client.LegalRepresentative, client.FinanceOfficer}})
	wanted := client.NewTransfer{OrganisationID: c.ID, SuccessorID: c.worker.id, Role: client.Creator, Offices: []string{client.LegalRepresentative}}
	asked, err := c.creator.AskTransfer(ctx, wanted)
	s.Must(err)
	if asked.State != client.TransferAsked || asked.HolderID != c.creator.id || !asked.ExpiresAt.Equal(asked.AskedAt.AddDate(0, 0, 7)) {
		t.Errorf("asked: %+v", asked)
	}
	if _, err := c.creator.AskTransfer(ctx, wanted); !client.HasCode(err, "transfer_open") {
		t.Errorf("asked twice: %v", err)
	}
	for who, err := range map[string]error{"the holder": drop(c.creator.AcceptTransfer(ctx, asked.ID)), "an admin": drop(c.admin.AcceptTransfer(ctx, asked.ID))} {
		if !client.HasCode(err, "transfer_not_found") {
			t.Errorf("%s accepts: %v", who, err)
		}
	}
	if m, err := c.admin.Member(ctx, c.ID, c.creator.id); err != nil || m.Role != client.Creator {
		t.Errorf("moved before the answer: %+v, %v", m, err)
	}
	done, err := c.worker.AcceptTransfer(ctx, asked.ID)
	s.Must(err)
	if done.State != client.TransferAccepted || done.EndedAt == nil {
		t.Errorf("accepted: %+v", done)
	}
	was, err := c.admin.Member(ctx, c.ID, c.creator.id)
	s.Must(err)
	is, err := c.admin.Member(ctx, c.ID, c.worker.id)
	s.Must(err)
	if was.Role != client.Ordinary || !slices.Equal(was.Offices, []string{client.FinanceOfficer}) ||
		is.Role != client.Creator || !slices.Equal(is.Offices, []string{client.LegalRepresentative}) {
		t.Errorf("the places: %+v and %+v", was, is)
	}
	if _, err := c.worker.AcceptTransfer(ctx, asked.ID); !client.HasCode(err, "transfer_ended") {
		t.Errorf("accepted twice: %v", err)
	}
	s.Must(c.creator.LeaveOrganisation(ctx, c.ID))
	for _, p := range []*person{c.creator, c.worker} {
		if kinds := noticeKinds(s, p); !slices.Contains(kinds, "role_transfer_accepted") {
			t.Errorf("told: %v", kinds)
		}
	}
}

func nothingMovesWithoutAYes(t *testing.T, s *stage) {
	ctx := t.Context()
	c, other := s.company("A"), s.company("B")
	ask := func(in client.NewTransfer) (string, error) {
		in.OrganisationID = c.ID
		made, err := c.creator.AskTransfer(ctx, in)
		return made.ID, err
	}
	for _, in := range []client.NewTransfer{
		{SuccessorID: other.worker.id, Role: client.Creator}, {SuccessorID: c.creator.id, Role: client.Creator},
		{SuccessorID: c.worker.id}, {SuccessorID: c.ID, Role: client.Creator},
	} {
		if _, err := ask(in); !client.HasCode(err, "validation_failed") {
			t.Errorf("%+v: %v", in, err)
		}
	}
	for _, in := range []client.NewTransfer{{SuccessorID: c.worker.id, Role: client.SuperAdmin}, {SuccessorID: c.worker.id, Offices: []string{client.FinanceOfficer}}} {
		if _, err := ask(in); !client.HasCode(err, "not_the_holder") {
			t.Errorf("%+v: %v", in, err)
		}
	}
	yes := client.NewTransfer{SuccessorID: c.worker.id, Role: client.Creator}
	for _, end := range []func(string) error{
		func(id string) error { return drop(c.worker.DeclineTransfer(ctx, id)) },
		func(id string) error { return drop(c.creator.WithdrawTransfer(ctx, id)) },
	} {
		id, err := ask(yes)
		s.Must(err)
		s.Must(end(id))
		if _, err := c.worker.AcceptTransfer(ctx, id); !client.HasCode(err, "transfer_ended") {
			t.Errorf("accepted afterwards: %v", err)
		}
	}
	id, err := ask(yes)
	s.Must(err)
	s.Clock.Advance(7 * 24 * time.Hour)
	for _, p := range []*person{c.worker, c.creator} {
		p.Client = s.with(s.signInAs(p, client.Desktop).Token)
	}
	if _, err := c.worker.AcceptTransfer(ctx, id); !client.HasCode(err, "transfer_ended") {
		t.Errorf("accepted too late: %v", err)
	}
	all, err := c.creator.Transfers(ctx)
	s.Must(err)
	if len(all) != 3 || all[0].State != client.TransferExpired || all[1].State != client.TransferWithdrawn || all[2].State != client.TransferDeclined {
		t.Errorf("the list: %+v", all)
	}
	s.until("the holder to be told", func() bool { return slices.Contains(noticeKinds(s, c.creator), "role_transfer_expired") })
	if m, err := s.operator.Member(ctx, c.ID, c.worker.id); err != nil || m.Role != client.Ordinary {
		t.Errorf("the place: %+v, %v", m, err)
	}
}

func anOrganisationKeepsAnAdmin(t *testing.T, s *stage) {
	ctx := t.Context()
	c := s.company("远航科技有限公司")
	for what, err := range map[string]error{
		"demoted": drop(s.operator.PutMember(ctx, c.ID, c.creator.id, client.NewMember{Role: client.Admin})),
		"removed": s.operator.RemoveMember(ctx, c.ID, c.creator.id),
		"by self": drop(c.creator.PutMember(ctx, c.ID, c.creator.id, client.NewMember{Role: client.Ordinary})),
	} {
		if !client.HasCode(err, "last_admin") {
			t.Errorf("the last one is %s: %v", what, err)
		}
	}
	s.place(c, c.worker, client.NewMember{Role: client.SuperAdmin})
	s.Must(drop(c.worker.PutMember(ctx, c.ID, c.creator.id, client.NewMember{Role: client.Ordinary})))
}

func nobodyAttestsTheOwnDuties(t *testing.T, s *stage) {
	ctx := t.Context()
	c := s.company("远航科技有限公司")
	in := client.NewAttestation{Kind: client.TaxDeregistration, Evidence: "x"}
	if _, err := c.admin.AddAttestation(ctx, c.ID, c.admin.id, in); !client.HasCode(err, "own_attestation") {
		t.Errorf("the own duty: %v", err)
	}
	s.Must(drop(c.creator.AddAttestation(ctx, c.ID, c.admin.id, in)))
}

func noticeKinds(s *stage, p *person) []string {
	s.T.Helper()
	trail, err := s.operator.Notices(s.T.Context(), p.id)
	s.Must(err)
	var kinds []string
	for _, n := range trail {
		kinds = append(kinds, n.Kind)
	}
	return kinds
}
