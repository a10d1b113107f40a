package client

import (
	"context"
	"net/http"
	"time"
)

// The kinds of a dissolution: the public notice stands for 45 or 20 days.
const (
	GeneralDissolution = "general"
	SimpleDissolution  = "simple"
)

// The states of a dissolution that are not those of a closure as well.
const (
	Attesting = "attesting"
	Announced = "announced"
	Objected  = "objected"
	Releasing = "releasing"
	Cancelled = "cancelled"
)

// The prerequisites of a dissolution.
const (
	TaxClearance = "tax_clearance"
	NoArrears    = "no_arrears"
	// SocialInsuranceExit is one, too.
)

// Dissolution is the end of an organisation. Fields that do not apply yet are
// empty; the lists are there only where one dissolution was asked for.
type Dissolution struct {
	ID              string        `json:"id"`
	OrganisationID  string        `json:"organisation_id"`
	Kind            string        `json:"kind"`
	State           string        `json:"state"`
	SuccessorID     string        `json:"successor_id"` // the organisation that takes over
	StartedBy       string        `json:"started_by"`
	StartedAt       time.Time     `json:"started_at"`
	Missing         []string      `json:"missing"` // prerequisites without accepted evidence
	Notice          *PublicNotice `json:"notice"`
	EndsAt          *time.Time    `json:"ends_at"`         // of the notice; nil while an objection is open
	RemainingHours  *int          `json:"remaining_hours"` // while an objection is open
	ReleasedMembers int64         `json:"released_members"`
	ErasingAt       *time.Time    `json:"erasing_at"`
	DeadlineAt      *time.Time    `json:"deadline_at"`
	Overdue         bool          `json:"overdue"`
	EndedAt         *time.Time    `json:"ended_at"`
	CertificateID   string        `json:"certificate_id"`
	Evidence        []Evidence    `json:"evidence"`
	Objections      []Objection   `json:"objections"`
	Timeline        []Happening   `json:"timeline"`
	Parts           []Part        `json:"parts"`
	OwnItems        []Item        `json:"own_items"`
}

// NewDissolution is how an organisation is to end.
type NewDissolution struct {
	Kind        string `json:"kind"`
	SuccessorID string `json:"successor_id,omitempty"`
}

// PublicNotice is the public notice of a dissolution.
type PublicNotice struct {
	PublishedOn string `json:"published_on"` // the day, as 2026-03-02
	Media       string `json:"media"`
	Reference   string `json:"reference"` // its public number
}

// Evidence is the evidence for one prerequisite.
type Evidence struct {
	ID         string     `json:"id"`
	Kind       string     `json:"kind"`
	Reference  string     `json:"reference"`
	FileName   string     `json:"file_name"`
	MediaType  string     `json:"media_type"`
	Size       int64      `json:"size"`
	SHA256     string     `json:"sha256"`
	AttestedBy string     `json:"attested_by"`
	AttestedAt time.Time  `json:"attested_at"`
	State      string     `json:"state"` // waiting, accepted, rejected
	DecidedBy  string     `json:"decided_by"`
	DecidedAt  *time.Time `json:"decided_at"`
	Reason     string     `json:"reason"`
}

// NewEvidence is evidence to add, with its file: a PDF, PNG or JPEG of at most
// 700 KiB.
type NewEvidence struct {
	Kind      string `json:"kind"`
	Reference string `json:"reference"`
	FileName  string `json:"file_name,omitempty"`
	Content   []byte `json:"content"`
}

// EvidenceDecision is a second person's word on evidence.
type EvidenceDecision struct {
	Accepted bool   `json:"accepted"`
	Reason   string `json:"reason,omitempty"`
}

// Objection is what somebody has against a dissolution. Name and contact
// are for the staff only.
type Objection struct {
	ID        string     `json:"id"`
	State     string     `json:"state"` // open, upheld, dismissed
	Name      string     `json:"name"`
	Contact   string     `json:"contact"`
	Text      string     `json:"text"`
	RaisedAt  time.Time  `json:"raised_at"`
	HearingAt *time.Time `json:"hearing_at"`
	DecidedAt *time.Time `json:"decided_at"`
	Reason    string     `json:"reason"`
}

// NewObjection is an objection to raise, by the public notice's number.
type NewObjection struct {
	Reference string `json:"reference"`
	Name      string `json:"name"`
	Contact   string `json:"contact"`
	Text      string `json:"text"`
}

// RaisedObjection is all that somebody who objects is told.
type RaisedObjection struct {
	ID string `json:"id"`
}

// ObjectionOutcome is what becomes of an objection: upheld or dismissed.
type ObjectionOutcome struct {
	Outcome string `json:"outcome"`
	Reason  string `json:"reason"`
}

// StartDissolution begins a dissolution; for its creators, its
// legal representative and operators. Codes: proof_required,
// organisation_not_found, dissolution_rights_required, dissolution_open,
// organisation_ending, validation_failed.
func (c *Client) StartDissolution(ctx context.Context, organisation string, in NewDissolution) (Dissolution, error) {
	return create[Dissolution](ctx, c, path("organisations", organisation, "dissolution"), in)
}

// OrganisationDissolution gives an organisation's newest. Codes:
// dissolution_not_found.
func (c *Client) OrganisationDissolution(ctx context.Context, organisation string) (Dissolution, error) {
	return get[Dissolution](ctx, c, path("organisations", organisation, "dissolution"), nil)
}

// Dissolution gives one. Codes: dissolution_not_found.
func (c *Client) Dissolution(ctx context.Context, id string) (Dissolution, error) {
	return get[Dissolution](ctx, c, path("dissolutions", id), nil)
}

// Dissolutions gives one page of all, the newest first; for operators and
// reviewers. State is empty for all.
func (c *Client) Dissolutions(ctx context.Context, state string, p Page) (List[Dissolution], error) {
	q := p.query()
	if state != "" {
		q.Set("state", state)
	}
	return list[Dissolution](ctx, c, path("dissolutions"), q)
}

// AddEvidence adds evidence for a prerequisite. Codes: dissolution_not_found,
// dissolution_rights_required, dissolution_state, evidence_full,
// validation_failed.
func (c *Client) AddEvidence(ctx context.Context, dissolution string, in NewEvidence) (Evidence, error) {
	return create[Evidence](ctx, c, path("dissolutions", dissolution, "evidence"), in)
}

// EvidenceFile gives the file of a piece of evidence. Codes:
// dissolution_not_found, attestation_not_found.
func (c *Client) EvidenceFile(ctx context.Context, dissolution, evidence string) (content []byte, err error) {
	err = c.do(ctx, call{method: http.MethodGet, path: path("dissolutions", dissolution, "evidence", evidence, "file")}, &content)
	return content, err
}

// ReviewEvidence is a second person's word; for operators and reviewers. Codes:
// dissolution_not_found, attestation_not_found, dissolution_own,
// attestation_decided, dissolution_state, validation_failed.
func (c *Client) ReviewEvidence(ctx context.Context, dissolution, evidence string, in EvidenceDecision) (Dissolution, error) {
	return post[Dissolution](ctx, c, path("dissolutions", dissolution, "evidence", evidence, "decision"), in)
}

// AnnounceDissolution records the public notice and starts its clock. Codes:
// dissolution_not_found, dissolution_rights_required, dissolution_state,
// prerequisites_missing, notice_reference_taken, validation_failed.
func (c *Client) AnnounceDissolution(ctx context.Context, dissolution string, in PublicNotice) (Dissolution, error) {
	return post[Dissolution](ctx, c, path("dissolutions", dissolution, "notice"), in)
}

// WithdrawDissolution ends a dissolution while its notice is not over. Codes:
// dissolution_not_found, dissolution_rights_required, dissolution_state.
func (c *Client) WithdrawDissolution(ctx context.Context, dissolution string) (Dissolution, error) {
	return post[Dissolution](ctx, c, path("dissolutions", dissolution, "withdraw"), nil)
}

// Object raises an objection; anybody may. Codes: dissolution_not_found,
// objections_full, validation_failed.
func (c *Client) Object(ctx context.Context, in NewObjection) (RaisedObjection, error) {
	return create[RaisedObjection](ctx, c, path("objections"), in)
}

// SetHearing sets the hearing of an objection; for operators and reviewers.
// Codes: dissolution_not_found, objection_not_found, objection_decided,
// dissolution_own, validation_failed.
func (c *Client) SetHearing(ctx context.Context, dissolution, objection string, at time.Time) (Objection, error) {
	return put[Objection](ctx, c, path("dissolutions", dissolution, "objections", objection, "hearing"), map[string]time.Time{"at": at})
}

// DecideObjection upholds or dismisses an objection; for operators and
// reviewers. Codes: those of SetHearing.
func (c *Client) DecideObjection(ctx context.Context, dissolution, objection string, in ObjectionOutcome) (Objection, error) {
	return post[Objection](ctx, c, path("dissolutions", dissolution, "objections", objection, "decision"), in)
}

// RetryDissolutionPart makes a data holder's open part due now; for operators.
// Codes: part_not_open.
func (c *Client) RetryDissolutionPart(ctx context.Context, dissolution, holder string) error {
	return c.tell(ctx, http.MethodPost, path("dissolutions", dissolution, "parts", holder, "retry"), nil)
}

// DissolutionCertificate gives the certificate's file; for operators, reviewers
// and whoever started it. Codes: dissolution_not_found, certificate_not_yet.
func (c *Client) DissolutionCertificate(ctx context.Context, dissolution string) (file []byte, err error) {
	err = c.do(ctx, call{method: http.MethodGet, path: path("dissolutions", dissolution, "certificate")}, &file)
	return file, err
}
