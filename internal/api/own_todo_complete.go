package api

import (
	"context"
	"net/http"
)

// ownTodoComplete marks a to-do or an approval of the caller as done.
func (f *face) ownTodoComplete() {
	register(f, operation{
		ID: "complete-own-todo", Method: http.MethodPost, Path: "/v1/account/todos/{id}/complete", Tag: tagAccount, Access: everyAccount(),
		Problems: map[int][]string{http.StatusNotFound: {"todo_not_found"}},
	}, func(ctx context.Context, in *ByID) (*none, error) {
		return nil, f.Orgs.CompleteTodo(ctx, asMember(ctx), principalOf(ctx).Account(), in.ID)
	})
}
