package closure

import (
	"slices"

	"github.com/signoff-id/signoff/internal/fault"
)

// Offer says which policies a person may close the own account under. It is the
// operator's to say: whoever could name any installed policy could choose one
// without review and cooling-off.
type Offer struct {
	Default string   // for a request that names none
	Others  []string // that a request may name
	Any     bool     // every installed policy may be named
}

// choose gives the policy of a request, or policy_not_found for one that is not
// offered: a person need not know which others there are.
func (o Offer) choose(name string) (string, error) {
	if name == "" {
		name = o.Default
	}
	if name == o.Default || o.Any || slices.Contains(o.Others, name) {
		return name, nil
	}
	return "", fault.New(fault.NotFound, "policy_not_found")
}
