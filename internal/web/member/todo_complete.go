package member

import (
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// todoComplete records that a to-do or an approval was done. One that was done
// meanwhile, in another tab say, is no trouble worth a page of its own.
func (p *Pages) todoComplete(v *visit.Visit) error {
	err := p.Orgs.CompleteTodo(v.Context(), v.AsMember(), v.Account(), v.Part("id"))
	switch {
	case fault.Is(err, "todo_not_found"):
		v.Tell("warning", "fault.todo_not_found")
	case err != nil:
		return err
	default:
		v.Tell("success", "page.todos.done")
	}
	return v.Go("/todos")
}
