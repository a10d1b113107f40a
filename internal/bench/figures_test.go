package main

import (
	"testing"
	"time"
)

// Measuring proves as it goes that what it measures happens. Here it measures
// next to nothing, so that it does not rot while nobody looks at its numbers.
func TestEveryFigureCanBeMeasured(t *testing.T) {
	tiny := scale{pace: pace{rounds: 1, round: time.Millisecond}, people: 20,
		organisations: []int64{10, 30}, cooling: []int64{500, 4_000}, closures: 2, imported: 30}
	for _, name := range engineNames {
		t.Run(name, func(t *testing.T) {
			results, err := measure(t.Context(), options{only: figureNames()}, tiny, name, t.TempDir(), t.Output())
			if err != nil {
				t.Fatal(err)
			}
			measured := map[string]bool{}
			for _, r := range results {
				if measured[r.Figure] = true; r.Ratio.Median <= 0 || r.What == "" || r.Floor == "" {
					t.Errorf("an empty result: %+v", r)
				}
			}
			for _, f := range figureNames() {
				if !measured[f] {
					t.Errorf("%s gave no result", f)
				}
			}
		})
	}
}
