// Package policy holds closure policies as data. A policy says when an account
// may be closed, how the person proves who they are, whether somebody reviews,
// how long it can be withdrawn, and what everybody is told. It is a YAML file
// with a JSON Schema; its conditions are CEL expressions over a documented set
// of facts. Nothing here knows an account: the caller brings the facts.
package policy

import (
	"time"

	"cel.dev/cel-go/cel"
)

// Policy is one parsed policy. It is immutable and safe for concurrent use.
type Policy struct {
	Name       string
	Version    int
	Digest     string // SHA-256 of Source, lower-case hex
	Source     []byte // the file as it was given; a running closure keeps it
	Title      Text
	Summary    Text
	Conditions []Condition // in the order in which they are shown
	Proof      Proof
	Review     *Review     // nil: nobody reviews
	CoolingOff *CoolingOff // nil: there is none
	Reuse      Reuse
	Deadline   Deadline
	Texts      map[string]Text // by the Text… names below, placeholders filled in
}

// Condition is something that must hold before a closure.
type Condition struct {
	Code    string
	When    string // CEL: what must hold
	Text    Text   // the reason, while it does not hold
	Met     Text   // what to say once it holds
	Resolve string // a path of the site where the person can see to it

	holds   cel.Program
	written map[string]string      // CEL: values for {{.name}} in Text
	args    map[string]cel.Program // the same, compiled
}

// Proof is what a person must show just before the request.
type Proof struct {
	Methods []string // any one of them suffices; "password", "passkey", "one_time_code"
	MaxAge  time.Duration
}

// Review says that a person looks at the request.
type Review struct {
	MinWorkingDays int // what the person is told; nothing stops a quicker reviewer
	MaxWorkingDays int // later than this is overdue
	Country        string
}

// CoolingOff is the time in which a closure can be undone.
type CoolingOff struct {
	Days   int    // of 24 hours
	From   string // FromRequested or FromApproved
	SignIn string // SignInWithdraws or SignInRefused
}

// What a cooling-off counts from.
const (
	FromRequested = "requested" // the request
	FromApproved  = "approved"  // the reviewer's approval
)

// What a successful sign-in does during the cooling-off.
const (
	SignInWithdraws = "withdraws" // it takes the closure back
	SignInRefused   = "refused"   // it is not let in
)

// Reuse says when the identifiers of a closed account may register a new, empty
// one. The account's own id never returns, whatever stands here.
type Reuse struct {
	After time.Duration // from the end of the closure; 0: at once
	Never bool
}

// Deadline is by when the law wants everything erased, counted from the start
// of the erasure. Exactly one of WorkingDays, CalendarDays and Months is not
// zero.
type Deadline struct {
	WorkingDays  int
	Country      string // of the WorkingDays
	CalendarDays int
	Months       int
}

// The names of Policy.Texts. Those marked optional may be missing.
const (
	TextWarning           = "warning"
	TextAlternatives      = "alternatives" // optional
	TextConfirm           = "confirm"
	TextRequested         = "requested"
	TextApproved          = "approved" // optional without a review
	TextRejected          = "rejected" // optional without a review
	TextWithdrawn         = "withdrawn"
	TextWithdrawnBySignIn = "withdrawn_by_sign_in" // optional unless a sign-in withdraws
	TextRefused           = "refused"
	TextClosed            = "closed"
)
