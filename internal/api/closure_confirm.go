package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/httpserver"
)

// proof is what proves a person's identity.
type proof struct {
	Password string `json:"password,omitempty" maxLength:"1024" doc:"Left out: the last proof of identity that was given on this session counts, if the policy allows its method and it is fresh."`
	Force    bool   `json:"force,omitempty" doc:"Begin whatever work apps have in hand."`
}

// confirmedClosure is a closure that has begun in earnest.
type confirmedClosure struct {
	Closure     closureView `json:"closure"`
	StatusToken string      `json:"status_token" doc:"For Authorization: Bearer at /v1/closure-status. It is told this once."`
	StatusLink  string      `json:"status_link" doc:"The private page of the closure, which needs no sign-in."`
}

// closureConfirm proves the person's identity and begins the closure: all
// sessions end, this one too. It takes no Idempotency-Key: the answer holds a
// secret.
func (f *face) closureConfirm() {
	register(f, operation{
		ID: "confirm-closure", Method: http.MethodPost, Path: "/v1/closures/{id}/confirm", Tag: tagClosures, Access: everyAccount(),
		Problems: wayIn(map[int][]string{http.StatusNotFound: {"closure_not_found"}, http.StatusUnauthorized: {"credentials_wrong", "proof_required"},
			http.StatusConflict: {"conditions_not_met", "closure_state", "closure_changed", "work_unsaved"}, http.StatusServiceUnavailable: {"calendar_year_unknown"}}),
	}, func(ctx context.Context, in *struct {
		ByID
		Body proof
	}) (*answer[confirmedClosure], error) {
		who := principalOf(ctx).Account()
		confirm := f.Access.ConfirmClosure
		if in.Body.Force {
			confirm = f.Access.ConfirmClosureAnyway
		}
		done, err := confirm(ctx, principalOf(ctx).Session, in.ID, in.Body.Password, httpserver.ClientAddress(ctx))
		if fault.Is(err, "conditions_not_met") {
			return nil, f.inWords(ctx, err, done.Blockers)
		}
		if err != nil {
			return nil, f.withWork(ctx, err)
		}
		v, err := f.Closures.Get(ctx, in.ID, who)
		if err != nil {
			return nil, err
		}
		return &answer[confirmedClosure]{Body: confirmedClosure{Closure: shapeClosure(ctx, f.Now(), false)(v),
			StatusToken: done.StatusToken, StatusLink: f.Closures.StatusLink(done.StatusToken)}}, nil
	})
}
