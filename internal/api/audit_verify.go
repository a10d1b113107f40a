package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/identity"
)

// auditComparison is what to hold the log against.
type auditComparison struct {
	Checkpoint string `json:"checkpoint,omitempty" doc:"An older checkpoint that was kept elsewhere: only that finds a log whose end was cut off, or that was rewritten by somebody who has the key."`
}

// auditReport is what verifying the log found out.
type auditReport struct {
	OK         bool   `json:"ok"`
	Size       int64  `json:"size" doc:"Entries under the newest checkpoint."`
	Root       string `json:"root" doc:"As computed from the entries, in base64."`
	Compared   int64  `json:"compared,omitempty" doc:"Size of the older checkpoint."`
	Code       string `json:"code,omitempty" doc:"What is wrong."`
	Detail     string `json:"detail,omitempty" doc:"In the caller's language."`
	FirstWrong *int64 `json:"first_wrong,omitempty" doc:"The first entry that is not as it was, where one can be named."`
	LastWrong  *int64 `json:"last_wrong,omitempty"`
}

// auditVerify computes the whole log again. That it was tampered with is an
// answer, and no failure of the request. A log that takes longer than a request
// may is verified by the command line.
func (f *face) auditVerify() {
	register(f, operation{
		ID: "verify-audit-log", Method: http.MethodPost, Path: "/v1/audit/verify", Tag: tagProof, Access: role(identity.Operator, identity.Auditor),
		Problems: map[int][]string{http.StatusUnprocessableEntity: {"audit_checkpoint_malformed", "audit_checkpoint_foreign",
			"audit_checkpoint_key_unknown", "audit_checkpoint_forged"}},
	}, func(ctx context.Context, in *struct{ Body auditComparison }) (*answer[auditReport], error) {
		r, err := f.Audit.Verify(ctx, []byte(in.Body.Checkpoint), nil)
		out := &answer[auditReport]{Body: auditReport{OK: err == nil, Size: r.Size, Root: r.Root.String(), Compared: r.External}}
		if err == nil {
			return out, nil
		}
		e := audit.Finding(err)
		if e == nil {
			return nil, err
		}
		out.Body.Code, out.Body.Detail = e.Code, f.site.Texts.Text(httpserver.Language(ctx), "fault."+e.Code, e.Args)
		if r.FirstWrong >= 0 {
			out.Body.FirstWrong, out.Body.LastWrong = &r.FirstWrong, &r.LastWrong
		}
		return out, nil
	})
}
