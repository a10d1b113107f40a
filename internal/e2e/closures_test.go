package e2e_test

import (
	"github.com/signoff-id/signoff/client"
)

// confirmed requests a closure and confirms it with the password.
func (s *stage) confirmed(p *person, policy string) client.ConfirmedClosure {
	s.T.Helper()
	return s.confirmedWith(p, client.NewClosure{Policy: policy})
}

func (s *stage) confirmedWith(p *person, in client.NewClosure) client.ConfirmedClosure {
	s.T.Helper()
	asked, err := p.RequestClosure(s.T.Context(), in)
	s.Must(err)
	begun, err := p.ConfirmClosure(s.T.Context(), asked.ID, p.password)
	s.Must(err)
	s.planted.add(begun.StatusToken)
	return begun
}
