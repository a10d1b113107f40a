package api

import (
	"context"
	"net/http"
	"time"

	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/signal"
)

// noticeView is the trail of one notice: that it was sent, never where to or
// what it said.
type noticeView struct {
	ID        string     `json:"id"`
	Kind      string     `json:"kind"`
	State     string     `json:"state"`
	LastError string     `json:"last_error,omitempty" doc:"A code."`
	CreatedAt time.Time  `json:"created_at"`
	EndedAt   *time.Time `json:"ended_at,omitempty"`
}

func shapeNotice(n signal.Line) noticeView {
	return noticeView{ID: n.ID, Kind: n.Kind, State: n.State, LastError: n.LastError, CreatedAt: n.CreatedAt.UTC(), EndedAt: when(n.EndedAt)}
}

// noticeList gives the trail of what an account was told.
func (f *face) noticeList() {
	register(f, operation{
		ID: "list-notices", Method: http.MethodGet, Path: "/v1/accounts/{id}/notices", Tag: tagAccounts, Access: role(identity.Operator),
		Problems: map[int][]string{http.StatusNotFound: {"account_not_found"}},
	}, func(ctx context.Context, in *ByID) (*answer[list[noticeView]], error) {
		trail, err := f.Accounts.Notices(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return &answer[list[noticeView]]{Body: list[noticeView]{Items: each(trail, shapeNotice)}}, nil
	})
}
