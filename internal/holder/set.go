package holder

import (
	"errors"
	"slices"

	"github.com/signoff-id/signoff/internal/fault"
)

// Set is an installation's data holders, in the order of the configuration,
// which is that of lists and of the certificate; they erase at the same time.
// The zero Set, and a nil one, hold nothing.
type Set struct {
	names   []string
	holders map[string]Holder
}

// NewSet puts holders together; their descriptions name them. A missing name or
// one that occurs twice is refused by the fault holder_name.
func NewSet(holders ...Holder) (*Set, error) {
	s := &Set{holders: make(map[string]Holder, len(holders))}
	for _, h := range holders {
		name := h.Describe().Name
		if _, twice := s.holders[name]; twice || name == "" {
			return nil, fault.New(fault.Invalid, "holder_name", "holder", name)
		}
		s.names = append(s.names, name)
		s.holders[name] = h
	}
	return s, nil
}

// Names gives the holders' names in their order.
func (s *Set) Names() []string {
	if s == nil {
		return nil
	}
	return slices.Clone(s.names)
}

// Get finds a holder by its name; an unknown one is the fault holder_unknown.
// A part of an erasure can name a holder that the configuration has lost: that
// is for an operator to put right, never to skip.
func (s *Set) Get(name string) (Holder, error) {
	if s != nil {
		if h, ok := s.holders[name]; ok {
			return h, nil
		}
	}
	return nil, fault.New(fault.NotFound, "holder_unknown", "holder", name)
}

// Describe gives all descriptions in their order.
func (s *Set) Describe() []Description {
	var all []Description
	for _, name := range s.Names() {
		all = append(all, s.holders[name].Describe())
	}
	return all
}

// Close closes every holder.
func (s *Set) Close() error {
	var errs []error
	for _, name := range s.Names() {
		errs = append(errs, s.holders[name].Close())
	}
	return errors.Join(errs...)
}
