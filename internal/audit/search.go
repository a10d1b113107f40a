package audit

import (
	"math"
	"time"
)

// End is beyond every place: a search for the newest entries begins there.
const End = int64(math.MaxInt64)

// Filter chooses entries that have a place in the log. A field that is empty
// chooses everything.
type Filter struct {
	Action       string // as "account.created"
	Organisation string
	Account      string    // to which it happened
	Actor        string    // the id of who did it
	Since, Until time.Time // at Since or later, and before Until
	// From is the place to begin with: upwards from there or, with Newest,
	// downwards.
	From   int64
	Newest bool
	Limit  int
}

// Chooses says whether the filter chooses an entry, as every store does.
func (f Filter) Chooses(e Entry) bool {
	return e.Seq >= 0 && (f.Newest && e.Seq <= f.From || !f.Newest && e.Seq >= f.From) &&
		(f.Action == "" || f.Action == e.Action) &&
		(f.Organisation == "" || f.Organisation == e.Organisation) &&
		(f.Account == "" || f.Account == e.Account) &&
		(f.Actor == "" || f.Actor == e.Actor.ID) &&
		(f.Since.IsZero() || !e.At.Before(f.Since)) &&
		(f.Until.IsZero() || e.At.Before(f.Until))
}
