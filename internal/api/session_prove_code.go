package api

import (
	"context"
	"net/http"
)

// sessionProveCode sends a code for a proof of identity on the caller's session.
func (f *face) sessionProveCode() {
	register(f, operation{
		ID: "send-proof-code", Method: http.MethodPost, Path: "/v1/session/proof/code", Tag: tagSessions, Access: everyAccount(), Status: http.StatusAccepted,
		Problems: map[int][]string{http.StatusConflict: {"proof_method_unavailable", "account_ending"}, http.StatusTooManyRequests: {"too_many_codes"}},
	}, func(ctx context.Context, _ *none) (*answer[sentCode], error) {
		sent, err := f.Access.MailProof(ctx, principalOf(ctx).Session)
		if err != nil {
			return nil, err
		}
		return &answer[sentCode]{Body: shapeSent(sent)}, nil
	})
}
