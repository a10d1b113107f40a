package api

import (
	"time"

	"github.com/signoff-id/signoff/internal/closure"
)

// partView is one data holder's share of an erasure.
type partView struct {
	Holder     string     `json:"holder"`
	State      string     `json:"state" enum:"open,erased,verified"`
	Attempts   int        `json:"attempts,omitempty" doc:"For the staff only."`
	LastError  string     `json:"last_error,omitempty" doc:"A code. For the staff only."`
	NextTryAt  *time.Time `json:"next_try_at,omitempty" doc:"For the staff only."`
	ErasedAt   *time.Time `json:"erased_at,omitempty"`
	VerifiedAt *time.Time `json:"verified_at,omitempty" doc:"When the search for leftovers found none."`
	Items      []itemView `json:"items,omitempty" nullable:"false" doc:"The receipt."`
}

// itemView is what was done with one kind of data.
type itemView struct {
	Name      string            `json:"name"`
	Action    string            `json:"action" enum:"delete,blank,pseudonymise,reassign,keep"`
	Count     int64             `json:"count" doc:"Rows or files."`
	Bytes     int64             `json:"bytes,omitempty"`
	Until     string            `json:"until,omitempty" doc:"The last day for which it is kept, as 2036-01-31."`
	Basis     string            `json:"basis,omitempty" doc:"The legal basis for keeping it."`
	BasisText map[string]string `json:"basis_text,omitempty" doc:"The basis in words, by language."`
}

func shapePart(p closure.Part, whole bool) partView {
	out := partView{Holder: p.Holder, State: "open", ErasedAt: when(p.ErasedAt), VerifiedAt: when(p.VerifiedAt)}
	switch {
	case p.Done():
		out.State = "verified"
	case !p.ErasedAt.IsZero():
		out.State = "erased"
	}
	if p.Receipt != nil {
		for _, i := range p.Receipt.Items {
			out.Items = append(out.Items, itemView(i))
		}
	}
	if whole {
		out.Attempts, out.LastError = p.Attempts, p.LastError
		if !p.Done() {
			out.NextTryAt = when(p.NextTryAt)
		}
	}
	return out
}
