package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"text/tabwriter"
	"time"
)

// Result is one line of the report.
type Result struct {
	Engine string `json:"engine"`
	Figure string `json:"figure"`
	What   string `json:"what"`  // what was measured
	Floor  string `json:"floor"` // what it is compared with
	// Ratio is the measured time over the floor's, within one round.
	Ratio        Spread `json:"ratio"`
	Seconds      Spread `json:"seconds"`       // for one operation
	FloorSeconds Spread `json:"floor_seconds"` // for one operation of the floor
	Rounds       int    `json:"rounds"`
	Operations   int    `json:"operations"`       // in a round
	FloorOps     int    `json:"floor_operations"` // in a round
	Note         string `json:"note,omitempty"`
}

// Machine is what a reader has to know to make sense of the raw numbers.
type Machine struct {
	Cores   int     `json:"cores"`
	System  string  `json:"system"`
	Go      string  `json:"go"`
	Fsync   float64 `json:"fsync_seconds"` // of a 4 KiB append where SQLite's files are
	Quick   bool    `json:"quick"`
	Seconds float64 `json:"seconds"` // that the whole run took
}

// Report is everything that a run found.
type Report struct {
	Machine Machine  `json:"machine"`
	Results []Result `json:"results"`
}

func (r *Report) writeJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

func (r *Report) writeTable(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	engine := ""
	for _, x := range r.Results {
		if x.Engine != engine {
			engine = x.Engine
			fmt.Fprintf(t, "\n%s\tRATIO\tMIN–MAX\tMEASURED\t\tFLOOR\t\n", engine)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", x.What, times(x.Ratio.Median), times(x.Ratio.Min)+"–"+times(x.Ratio.Max),
			span(x.Seconds.Median), rate(x.Seconds.Median), span(x.FloorSeconds.Median), rate(x.FloorSeconds.Median))
		fmt.Fprintf(t, "    to %s\n", x.Floor)
		if x.Note != "" {
			fmt.Fprintf(t, "    %s\n", x.Note)
		}
	}
	if err := t.Flush(); err != nil {
		return err
	}
	m := r.Machine
	_, err := fmt.Fprintf(w, "\n%d cores, %s, %s; a synced write of 4 KiB takes %s; the run took %s.\n"+
		"A ratio is measured time over the floor's, median of the rounds: lower is better. Ratios vary with the machine and its load.\n",
		m.Cores, m.System, m.Go, span(m.Fsync), time.Duration(m.Seconds*float64(time.Second)).Round(time.Second))
	return err
}

// times writes a ratio with as many digits as it deserves.
func times(x float64) string {
	switch {
	case x >= 100:
		return fmt.Sprintf("%.0f×", x)
	case x >= 10:
		return fmt.Sprintf("%.1f×", x)
	default:
		return fmt.Sprintf("%.2f×", x)
	}
}

// span writes a time with three digits.
func span(seconds float64) string {
	for _, u := range []struct {
		size float64
		name string
	}{{1, "s"}, {1e-3, "ms"}, {1e-6, "µs"}} {
		if seconds >= u.size {
			return fmt.Sprintf("%.3g %s", seconds/u.size, u.name)
		}
	}
	return fmt.Sprintf("%.3g ns", seconds*1e9)
}

// rate writes how many operations a second that is.
func rate(seconds float64) string {
	if seconds <= 0 {
		return ""
	}
	n := 1 / seconds
	if n < 1000 {
		return fmt.Sprintf("%.3g/s", n)
	}
	whole := int64(math.Round(n/10) * 10)
	if whole < 1_000_000 {
		return fmt.Sprintf("%d,%03d/s", whole/1000, whole%1000)
	}
	return fmt.Sprintf("%.3g million/s", n/1e6)
}
