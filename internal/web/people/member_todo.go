package people

import (
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// memberTodo gives a member a to-do or an approval.
func (p *Pages) memberTodo(v *visit.Visit) error {
	l, m, err := p.enterMember(v)
	if err != nil {
		return err
	}
	_, err = p.Orgs.AddTodo(v.Context(), l.by, org.Todo{Account: m.Account, Organisation: l.ID, Kind: v.Value("kind"), Title: v.Value("title")})
	if err != nil {
		return p.memberAgain(v, l, m, "todo", err)
	}
	v.Tell("success", "page.people.todo_added")
	return v.Go(l.person(m.Account))
}
