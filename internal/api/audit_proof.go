package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// proofView shows that a record has a place in the log of a checkpoint
// (RFC 6962, section 2.1.1).
type proofView struct {
	Seq        int64    `json:"seq"`
	Size       int64    `json:"size" doc:"Of the log that the proof is for."`
	Record     string   `json:"record" doc:"The entry as it is hashed: canonical JSON (RFC 8785), in a string so that no byte changes."`
	Hashes     []string `json:"hashes" nullable:"false" doc:"The audit path, in base64."`
	Checkpoint string   `json:"checkpoint,omitempty" doc:"Signed; only where size is the log's present one."`
}

// auditProof proves that an entry is in the log.
func (f *face) auditProof() {
	register(f, operation{
		ID: "get-audit-proof", Method: http.MethodGet, Path: "/v1/audit/proof", Tag: tagProof, Access: role(identity.Operator, identity.Auditor),
		Problems: map[int][]string{http.StatusNotFound: {"audit_entry_unknown"}},
	}, func(ctx context.Context, in *struct {
		Seq  int64 `query:"seq" required:"true" minimum:"0"`
		Size int64 `query:"size" minimum:"1" doc:"Of an older checkpoint; left out: the newest."`
	}) (*answer[proofView], error) {
		head, err := f.Audit.Reads.AuditHead(ctx)
		if err != nil {
			return nil, err
		}
		size := in.Size
		if size == 0 {
			size = head.Size
		}
		p, err := f.Audit.Prove(ctx, in.Seq, size)
		if err != nil {
			return nil, err
		}
		out := &answer[proofView]{Body: proofView{Seq: p.Seq, Size: size, Record: string(p.Record), Hashes: []string{}}}
		for _, h := range p.Hashes {
			out.Body.Hashes = append(out.Body.Hashes, h.String())
		}
		if size == head.Size {
			out.Body.Checkpoint = string(head.Checkpoint)
		}
		return out, nil
	})
}
