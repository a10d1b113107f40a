// Package holdertest is what every kind of data holder has to stand: the same
// suite runs against each of them. Nothing outside tests may import it.
package holdertest

import (
	"testing"

	"github.com/signoff-id/signoff/internal/holder"
)

// Fixture is a holder that keeps something, and the test's own eyes and hands
// in it. A kind leaves out what cannot happen to it.
type Fixture struct {
	Holder holder.Holder
	// Plant gives a person something under every item of the description. It
	// can be called again after an erasure.
	Plant func(t *testing.T, s holder.Subject)
	// Snapshot gives all that is held, by a key that stays.
	Snapshot func(t *testing.T) map[string]string
	// Interrupt makes erasures of task fail when they have done a part of their
	// work; mend ends that.
	Interrupt func(t *testing.T, task *holder.Task) (mend func())
	// Lose lets the next erasure do its work and lose its answer.
	Lose func(t *testing.T)
	// Hang keeps the holder from answering until release is called.
	Hang func(t *testing.T) (release func())
}

// Run runs the suite; open gives a fresh, empty fixture each time.
func Run(t *testing.T, open func(t *testing.T) *Fixture) {
	t.Helper()
	for _, c := range []struct {
		name string
		test func(*testing.T, *Fixture)
	}{
		{"describes itself", describes},
		{"erases once for all", erasesOnce},
		{"erases what comes late", erasesLate},
		{"finds leftovers", findsLeftovers},
		{"leaves others alone", leavesOthers},
		{"has nothing of a stranger", knowsNobody},
		{"survives an interruption", survivesInterruption},
		{"survives a lost answer", survivesLostAnswer},
		{"lets go when told", letsGo},
		{"refuses half a task", refusesHalf},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := open(t)
			t.Cleanup(func() {
				if err := f.Holder.Close(); err != nil {
					t.Errorf("close: %v", err)
				}
			})
			c.test(t, f)
		})
	}
}

// Person makes a subject whose every value carries its number.
func Person(number string) holder.Subject {
	return holder.Subject{
		Account: "01934c1e-0000-7000-8000-00000000000" + number,
		Identifiers: map[string][]string{
			holder.ByMobile:   {"+861380013800" + number},
			holder.ByEmail:    {"li.na" + number + "@example.com", "lina" + number + "@example.org"},
			holder.ByUsername: {"lina" + number},
		},
		Pseudonym: "pseudonym-" + number,
	}
}

// People gives the one who leaves, with the colleague who takes over, and
// somebody else.
func People() (leaver, colleague, other holder.Subject) {
	leaver, colleague, other = Person("1"), Person("2"), Person("3")
	leaver.Successor = &colleague
	return leaver, colleague, other
}
