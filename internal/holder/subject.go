package holder

import "github.com/signoff-id/signoff/internal/fault"

// The ways in which a holder may know a person.
const (
	ByAccount  = "account"  // Signoff's account id
	ByMobile   = "mobile"   // E.164
	ByEmail    = "email"    // lower case
	ByUsername = "username" // normalised
)

// ByOrganisation is the one way in which a holder may know an organisation: by
// Signoff's id of it.
const ByOrganisation = "organisation"

// Keys lists the ways in which a holder may know a person.
func Keys() []string { return []string{ByAccount, ByMobile, ByEmail, ByUsername} }

// Subject is a person, or an organisation that ends, as a data holder knows them.
// It is never logged.
type Subject struct {
	Account string
	// Organisation is the id of an organisation that ends: then the subject is no
	// person, and has neither an account nor identifiers. A holder is asked about
	// organisations only when its Description says what it does with them.
	Organisation string
	// Identifiers are the normalised values by their kind; a person can have
	// several of a kind, or none.
	Identifiers map[string][]string
	// Pseudonym stands for the person in what is kept.
	Pseudonym string
	// Successor takes over what belongs to the organisation; nil when nobody
	// was named.
	Successor *Subject
}

// Key gives the values by which a holder that knows people in this way finds
// the person.
func (s Subject) Key(kind string) []string {
	switch {
	case kind == ByOrganisation && s.Organisation != "":
		return []string{s.Organisation}
	case kind == ByAccount && s.Organisation == "":
		return []string{s.Account}
	}
	return s.Identifiers[kind]
}

// String hides the person from logs and errors.
func (s Subject) String() string { return "(a person)" }

// GoString hides the person from %#v.
func (s Subject) GoString() string { return s.String() }

// Usable refuses a subject with an empty value, by the fault
// holder_subject_incomplete: an empty value would match what has no owner.
func (s Subject) Usable() error {
	for _, kind := range Keys() {
		for _, v := range s.Key(kind) {
			if v == "" {
				return fault.New(fault.Invalid, "holder_subject_incomplete", "kind", kind)
			}
		}
	}
	return nil
}

// Usable refuses a task that could not be found again or names nobody, by the
// fault holder_task_incomplete or holder_subject_incomplete.
func (t Task) Usable() error {
	for _, need := range []struct {
		name string
		has  bool
	}{{"key", t.Key != ""}, {"at", !t.At.IsZero()}, {"pseudonym", t.Subject.Pseudonym != ""}} {
		if !need.has {
			return fault.New(fault.Invalid, "holder_task_incomplete", "field", need.name)
		}
	}
	if s := t.Subject.Successor; s != nil {
		if err := s.Usable(); err != nil {
			return err
		}
	}
	return t.Subject.Usable()
}
