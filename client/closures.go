package client

import (
	"context"
	"iter"
	"net/http"
	"net/url"
	"time"
)

// The states of a closure. The last four are ends.
const (
	Requested  = "requested"
	InReview   = "in_review"
	CoolingOff = "cooling_off"
	Erasing    = "erasing"
	Closed     = "closed"
	Withdrawn  = "withdrawn"
	Rejected   = "rejected"
	Refused    = "refused"
)

// Closure is one request to end an account. Times that do not apply yet are
// nil; what only the staff of the platform sees is empty for others.
type Closure struct {
	ID            string     `json:"id"`
	AccountID     string     `json:"account_id"`
	State         string     `json:"state"`
	Policy        PolicyRef  `json:"policy"`
	Message       string     `json:"message"`
	SuccessorID   string     `json:"successor_id"`
	RequestedAt   time.Time  `json:"requested_at"`
	ConfirmedAt   *time.Time `json:"confirmed_at"`
	ReviewDueAt   *time.Time `json:"review_due_at"`
	ReviewedAt    *time.Time `json:"reviewed_at"`
	ReviewedBy    string     `json:"reviewed_by"` // staff only
	Reason        string     `json:"reason"`
	CoolingUntil  *time.Time `json:"cooling_until"`
	DaysLeft      *int       `json:"days_left"`  // of the cooling-off, begun days counted whole
	HoursLeft     *int       `json:"hours_left"` // the same in hours
	CanWithdraw   bool       `json:"can_withdraw"`
	ErasingAt     *time.Time `json:"erasing_at"`
	DeadlineAt    *time.Time `json:"deadline_at"` // the law's
	Overdue       bool       `json:"overdue"`
	EndedAt       *time.Time `json:"ended_at"`
	CertificateID string     `json:"certificate_id"`

	// Only where one closure is asked for.
	Timeline []Happening `json:"timeline"`
	Parts    []Part      `json:"parts"`
	OwnItems []Item      `json:"own_items"`
}

// Happening is one line of a closure's timeline.
type Happening struct {
	Event    string    `json:"event"`
	At       time.Time `json:"at"`
	AuditSeq *int64    `json:"audit_seq"` // nil for a moment after it happened
}

// Part is one data holder's share of an erasure.
type Part struct {
	Holder     string     `json:"holder"`
	State      string     `json:"state"`       // open, erased or verified
	Attempts   int        `json:"attempts"`    // staff only
	LastError  string     `json:"last_error"`  // a code; staff only
	NextTryAt  *time.Time `json:"next_try_at"` // staff only
	ErasedAt   *time.Time `json:"erased_at"`
	VerifiedAt *time.Time `json:"verified_at"`
	Items      []Item     `json:"items"` // the receipt
}

// Item is what was done with one kind of data.
type Item struct {
	Name      string            `json:"name"`
	Action    string            `json:"action"` // delete, blank, pseudonymise, reassign or keep
	Count     int64             `json:"count"`  // rows or files
	Bytes     int64             `json:"bytes"`
	Until     string            `json:"until"` // the last day for which it is kept
	Basis     string            `json:"basis"`
	BasisText map[string]string `json:"basis_text"` // by language
}

// ClosureConditions says what of an offered policy's conditions holds for the caller
// now; ExplainPolicy tries any other. Codes: policy_not_found.
func (c *Client) ClosureConditions(ctx context.Context, policy string) (Conditions, error) {
	return get[Conditions](ctx, c, path("closure", "conditions"), url.Values{"policy": {policy}})
}

// NewClosure is a wish to close the own account.
type NewClosure struct {
	Policy      string `json:"policy,omitempty"` // empty: the operator's default
	SuccessorID string `json:"successor_id,omitempty"`
}

// RequestClosure begins a closure of the caller's account; nothing happens to
// the account until ConfirmClosure. Codes: policy_not_found, closure_open, and
// conditions_not_met, whose Errors name every condition that does not hold.
func (c *Client) RequestClosure(ctx context.Context, in NewClosure) (Closure, error) {
	return create[Closure](ctx, c, path("closures"), in)
}

// ConfirmedClosure is a closure that has begun in earnest. The token and the
// link that holds it are told this once.
type ConfirmedClosure struct {
	Closure     Closure `json:"closure"`
	StatusToken string  `json:"status_token"`
	StatusLink  string  `json:"status_link"`
}

// ConfirmClosure proves the caller's identity and begins the closure: all
// sessions end, this client's too. It is never repeated by itself. Codes:
// closure_not_found, credentials_wrong, conditions_not_met, closure_state,
// work_unsaved.
func (c *Client) ConfirmClosure(ctx context.Context, closure, password string) (ConfirmedClosure, error) {
	return post[ConfirmedClosure](ctx, c, path("closures", closure, "confirm"), map[string]string{"password": password})
}

// ConfirmClosureAnyway is ConfirmClosure whatever work apps have in hand; without
// it the code is then work_unsaved.
func (c *Client) ConfirmClosureAnyway(ctx context.Context, closure, password string) (ConfirmedClosure, error) {
	return post[ConfirmedClosure](ctx, c, path("closures", closure, "confirm"), map[string]any{"password": password, "force": true})
}

// WithdrawClosure takes the caller's closure back. Codes: closure_not_found,
// closure_state.
func (c *Client) WithdrawClosure(ctx context.Context, closure string) (Closure, error) {
	return post[Closure](ctx, c, path("closures", closure, "withdraw"), nil)
}

// ClosureFilter chooses closures. The zero filter is all that the caller may
// see: the own, or everybody's for operators, reviewers and auditors.
type ClosureFilter struct {
	State     string
	AccountID string
}

// Closures gives one page of closures, the oldest first.
func (c *Client) Closures(ctx context.Context, f ClosureFilter, p Page) (List[Closure], error) {
	q := p.query()
	if f.State != "" {
		q.Set("state", f.State)
	}
	if f.AccountID != "" {
		q.Set("account_id", f.AccountID)
	}
	return list[Closure](ctx, c, path("closures"), q)
}

// AllClosures gives every closure that the filter chooses, page by page.
func (c *Client) AllClosures(ctx context.Context, f ClosureFilter) iter.Seq2[Closure, error] {
	return walk(ctx, func(ctx context.Context, p Page) (List[Closure], error) { return c.Closures(ctx, f, p) })
}

// Closure gives one closure with its timeline and its parts. Codes:
// closure_not_found.
func (c *Client) Closure(ctx context.Context, closure string) (Closure, error) {
	return get[Closure](ctx, c, path("closures", closure), nil)
}

// Certificate gives the signed certificate's file, byte by byte. Codes:
// closure_not_found, certificate_not_yet.
func (c *Client) Certificate(ctx context.Context, closure string) ([]byte, error) {
	return get[[]byte](ctx, c, path("closures", closure, "certificate"), nil)
}

// RetryPart makes a data holder's part of an erasure due now; for operators.
// Codes: part_not_open.
func (c *Client) RetryPart(ctx context.Context, closure, holder string) error {
	return c.tell(ctx, http.MethodPost, path("closures", closure, "parts", holder, "retry"), nil)
}
