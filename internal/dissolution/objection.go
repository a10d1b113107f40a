package dissolution

import "time"

// Objection is what somebody has against a dissolution (异议). Name,
// contact and words are sealed, and erased when the dissolution ends.
type Objection struct {
	ID          string
	Dissolution string
	Name        string
	Contact     string
	Words       string
	RecordedBy  string // account id, or "" for anybody
	RaisedAt    time.Time
	HearingAt   time.Time // zero where none is set
	Outcome     Outcome   // "" while it is open
	Reason      string    // of the outcome; sealed
	DecidedBy   string
	DecidedAt   time.Time
}

// Outcome is what became of an objection.
type Outcome string

// The outcomes.
const (
	Upheld    Outcome = "upheld"
	Dismissed Outcome = "dismissed"
)

// Open says whether nothing has been decided yet.
func (o Objection) Open() bool { return o.Outcome == "" }

// mostOpen bounds how many objections may wait at once: one stops the clock, and
// a flood would only hide it.
const mostOpen = 50

func open(all []Objection) (n int) {
	for _, o := range all {
		if o.Open() {
			n++
		}
	}
	return n
}
