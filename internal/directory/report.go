package directory

import (
	"maps"
	"slices"
	"strconv"

	"github.com/signoff-id/signoff/internal/addressbook"
	"github.com/signoff-id/signoff/internal/fault"
)

// maxRefusals bounds the refused rows that a report names; all are counted.
const maxRefusals = 10_000

// Report says what an import did, or would do.
type Report struct {
	ID      string
	DryRun  bool
	Applied bool // whether it was written
	Format  string
	Source  string
	Ignored []string // headings under which nothing was taken

	Rows            int // people in the file
	Created         int
	Updated         int
	Unchanged       int
	Joined          int // became members
	Moved           int // changed their department
	Departments     int // made
	Organisations   int // made
	WithoutPassword int // of those created: they cannot sign in before they set one
	Invited         int
	LeftOut         map[string]int // what was not taken, by the codes of addressbook

	Refused  int // rows
	Refusals []Refusal
}

// Refusal is one reason why a row is not taken.
type Refusal struct {
	Row    int
	Column string // "" for the row as a whole
	Code   string
	Args   map[string]any
}

// maxFields bounds the refusals that an error names.
const maxFields = 1000

// Fault is the report of an import that was not written as the error that it is.
func (r *Report) Fault() *fault.Error {
	e := fault.New(fault.Invalid, "import_refused", "count", r.Refused)
	for _, x := range r.Refusals[:min(len(r.Refusals), maxFields)] {
		path := "row " + strconv.Itoa(x.Row)
		if x.Column != "" {
			path += " " + x.Column
		}
		e.Fields = append(e.Fields, fault.Field{Path: path, Code: x.Code, Args: x.Args})
	}
	return e
}

// LeftOutCodes are the codes of what was not taken, sorted.
func (r *Report) LeftOutCodes() []string { return slices.Sorted(maps.Keys(r.LeftOut)) }

func (r *Report) refuse(row int, wrong ...addressbook.Wrong) {
	r.Refused++
	for _, w := range wrong {
		if len(r.Refusals) < maxRefusals {
			r.Refusals = append(r.Refusals, Refusal{Row: row, Column: w.Column, Code: w.Code, Args: w.Args})
		}
	}
}

func (r *Report) leaveOut(codes ...string) {
	for _, c := range codes {
		if r.LeftOut == nil {
			r.LeftOut = map[string]int{}
		}
		r.LeftOut[c]++
	}
}

// counts is what the audit log keeps of it.
func (r *Report) counts() map[string]string {
	data := map[string]string{"format": r.Format, "source": r.Source}
	for name, n := range map[string]int{"rows": r.Rows, "created": r.Created, "updated": r.Updated, "unchanged": r.Unchanged, "joined": r.Joined,
		"moved": r.Moved, "departments": r.Departments, "organisations": r.Organisations, "refused": r.Refused, "invited": r.Invited} {
		data[name] = strconv.Itoa(n)
	}
	return data
}
