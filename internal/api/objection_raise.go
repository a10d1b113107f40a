package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/dissolution"
)

// newObjection is what somebody has against a dissolution.
type newObjection struct {
	Reference string `json:"reference" minLength:"1" maxLength:"100" doc:"The public notice's number."`
	Name      string `json:"name" minLength:"1" maxLength:"100" doc:"Who objects."`
	Contact   string `json:"contact" minLength:"1" maxLength:"200" doc:"Where the hearing can be announced."`
	Text      string `json:"text" minLength:"1" maxLength:"2000"`
}

// raised is all that somebody who objects is told.
type raised struct {
	ID string `json:"id" doc:"The objection's number."`
}

// objectionRaise takes an objection (异议) from anybody who knows the public
// notice.
func (f *face) objectionRaise() {
	register(f, operation{
		ID: "raise-objection", Method: http.MethodPost, Path: "/v1/objections", Tag: tagDissolutions, Access: everybody(), Status: http.StatusCreated, Creates: true,
		Problems: map[int][]string{http.StatusNotFound: {"dissolution_not_found"}, http.StatusConflict: {"objections_full"},
			http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct{ Body newObjection }) (*answer[raised], error) {
		o, err := f.Dissolutions.Object(ctx, audit.System(), in.Body.Reference,
			dissolution.Objection{Name: in.Body.Name, Contact: in.Body.Contact, Words: in.Body.Text})
		if err != nil {
			return nil, err
		}
		return &answer[raised]{Body: raised{o.ID}}, nil
	})
}
