package sqldb

import "errors"

// LoseNextAnswer makes the next erasure fail after its commit, once: as when a
// process dies there.
func (h *Holder) LoseNextAnswer() {
	h.committed = func() error {
		h.committed = func() error { return nil }
		return errors.New("the answer is lost")
	}
}
