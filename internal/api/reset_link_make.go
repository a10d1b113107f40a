package api

import (
	"context"
	"net/http"
	"time"

	"github.com/signoff-id/signoff/internal/identity"
)

// handedLink is a link that an operator hands over by hand.
type handedLink struct {
	Link      string    `json:"link" doc:"Works once. It is told this once, and sent to nobody."`
	ExpiresAt time.Time `json:"expires_at"`
}

// resetLinkMake makes a link by which an account's person sets a new password.
func (f *face) resetLinkMake() {
	register(f, operation{
		ID: "make-reset-link", Method: http.MethodPost, Path: "/v1/accounts/{id}/reset-link", Tag: tagAccounts, Access: role(identity.Operator), Status: http.StatusCreated,
		Problems: map[int][]string{http.StatusNotFound: {"account_not_found"}, http.StatusForbidden: {"account_blocked"}, http.StatusConflict: {"account_ending"}},
	}, func(ctx context.Context, in *ByID) (*answer[handedLink], error) {
		link, until, err := f.Access.MakeResetLink(ctx, asOperator(ctx), in.ID)
		if err != nil {
			return nil, err
		}
		return &answer[handedLink]{Body: handedLink{Link: link, ExpiresAt: until.UTC()}}, nil
	})
}
