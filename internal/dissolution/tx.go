package dissolution

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/erasure"
	"github.com/signoff-id/signoff/internal/holder"
)

// Tx is what this room needs of a transaction.
type Tx interface {
	closure.Tx
	DissolutionTx
	EvidenceTx
	ObjectionTx
	EndTx
}

// DissolutionTx keeps dissolutions.
type DissolutionTx interface {
	// InsertDissolution answers dissolution_open when the organisation has one.
	InsertDissolution(ctx context.Context, d Dissolution) error
	// SaveDissolution writes the version after d.Version, or answers
	// dissolution_changed.
	SaveDissolution(ctx context.Context, d Dissolution) error
	// Dissolution answers dissolution_not_found for an unknown id.
	Dissolution(ctx context.Context, id string) (Dissolution, error)
	// Dissolutions gives those that a filter chooses, the newest first.
	Dissolutions(ctx context.Context, f Filter) ([]Dissolution, error)
	AddDissolutionHappening(ctx context.Context, dissolution string, h closure.Happening) error
	DissolutionHappenings(ctx context.Context, dissolution string) ([]closure.Happening, error)
	// DueDissolutions gives up to limit whose time to wake has come, and puts
	// their next waking off until again.
	DueDissolutions(ctx context.Context, now, again time.Time, limit int) ([]string, error)
	// WakeDissolution adds the job that steps a dissolution to this commit.
	WakeDissolution(ctx context.Context, dissolution string) error
}

// Filter chooses dissolutions.
type Filter struct {
	State        State  // "" for all
	Organisation string // "" for all
	Reference    string // of the notice; "" for all
	Open         bool   // only those that have not ended
	Before       string // only ids below it; "" for all
	Limit        int
}

// EvidenceTx keeps attestations and their files, sealed.
type EvidenceTx interface {
	InsertEvidence(ctx context.Context, a Attestation, content []byte) error
	// Evidence gives a dissolution's attestations, the oldest first.
	Evidence(ctx context.Context, dissolution string) ([]Attestation, error)
	// EvidenceFile answers attestation_not_found for one of another dissolution,
	// and where the file has been erased.
	EvidenceFile(ctx context.Context, dissolution, id string) (Attestation, []byte, error)
	// DecideEvidence writes a review; false for one that has been reviewed.
	DecideEvidence(ctx context.Context, a Attestation) (bool, error)
}

// ObjectionTx keeps objections.
type ObjectionTx interface {
	InsertObjection(ctx context.Context, o Objection) error
	// Objections gives a dissolution's, the oldest first.
	Objections(ctx context.Context, dissolution string) ([]Objection, error)
	// SaveObjection writes the hearing and the outcome.
	SaveObjection(ctx context.Context, o Objection) error
}

// EndTx does what happens at the end.
type EndTx interface {
	DissolutionParts() erasure.Tx
	InsertDissolutionLedger(ctx context.Context, l Ledger) error
	CompleteDissolutionLedger(ctx context.Context, dissolution string, at time.Time) error
	// ReleaseMember ends a membership with all that hangs on it.
	ReleaseMember(ctx context.Context, organisation, account string) (found bool, err error)
	// EraseOrganisation deletes all rows of an organisation but its id and its
	// dissolutions, and counts what went.
	EraseOrganisation(ctx context.Context, organisation, dissolution string) ([]holder.Item, error)
	// ForgetPapers empties what people wrote and sent for a dissolution that ends
	// without an erasure.
	ForgetPapers(ctx context.Context, dissolution string) error
	InsertDissolutionCertificate(ctx context.Context, id, dissolution string, file []byte, at time.Time) error
	DissolutionCertificate(ctx context.Context, dissolution string) ([]byte, error)
}
