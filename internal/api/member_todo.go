package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/org"
)

// newTodo is something that is to wait for a person.
type newTodo struct {
	Kind  string `json:"kind" enum:"todo,approval"`
	Title string `json:"title" minLength:"1" maxLength:"200"`
}

// memberTodo gives a member a to-do or an approval.
func (f *face) memberTodo() {
	register(f, operation{
		ID: "add-todo", Method: http.MethodPost, Path: "/v1/organisations/{id}/members/{account_id}/todos", Tag: tagOrganisations, Access: managers(),
		Status: http.StatusCreated, Creates: true,
		Problems: map[int][]string{http.StatusForbidden: {"admin_required"}, http.StatusNotFound: {"organisation_not_found", "member_not_found"},
			http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct {
		MemberOf
		Body newTodo
	}) (*answer[todoView], error) {
		by, err := f.manages(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		if _, err := f.desk.MustBeMember(ctx, in.ID, in.Account); err != nil {
			return nil, err
		}
		t, err := f.Orgs.AddTodo(ctx, by, org.Todo{Account: in.Account, Organisation: in.ID, Kind: in.Body.Kind, Title: in.Body.Title})
		if err != nil {
			return nil, err
		}
		return &answer[todoView]{Body: shapeTodo(t)}, nil
	})
}
