package directory

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/addressbook"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/org"
)

// run is one pass over a file. An import makes two: the first only looks, in
// short reads that block nobody, and finds everything that would be refused; the
// second writes, in one transaction that begins when it is clear that there is
// something to write. What needs no database (unpacking, parsing, bringing names
// into one form) runs ahead of it, so that the one writer that SQLite has is
// held for the writing alone.
type run struct {
	*Service
	Options
	by      audit.Actor
	role    string // of an admin
	book    *addressbook.Book
	now     time.Time
	report  Report
	seen    seen
	tree    *tree
	foreign *foreign     // what another Signoff's file brings
	skip    map[int]bool // rows that the first pass refused
	total   int
	writing bool
}

// errChanged says that somebody else took a name meanwhile: the pass begins
// anew, and finds it refused.
var errChanged = errors.New("directory: a name was taken meanwhile")

// Import brings a file's people in. A report with refused rows has been written
// only with SkipRefused. An error means that nothing was.
func (s *Service) Import(ctx context.Context, by audit.Actor, book *addressbook.Book, o Options) (Report, error) {
	if err := check(by, book, o); err != nil {
		return Report{}, err
	}
	first := s.newRun(by, book, o, s.NewID())
	if err := first.looking(ctx); err != nil {
		return Report{}, err
	}
	report := first.report
	if o.DryRun || report.Refused > 0 && !o.SkipRefused {
		return report, s.noteLook(ctx, by, report, o)
	}
	first.seen, first.tree, first.foreign = nil, nil, nil // the second pass finds its own
	for range 3 {
		var second *run
		err := s.InTx(ctx, func(tx Tx) error {
			second = s.newRun(by, book, o, report.ID)
			second.skip, second.total, second.writing = first.skip, first.total, true
			return second.write(ctx, tx)
		})
		switch {
		case errors.Is(err, errChanged):
			continue
		case errors.Is(err, errRefused):
			second.report.Applied = false
			return second.report, nil
		case err != nil:
			return Report{}, err
		}
		return second.merge(report), nil
	}
	return Report{}, fault.New(fault.Conflict, "import_interfered")
}

// errRefused rolls a pass back that refused a row which the first had taken.
var errRefused = errors.New("directory: rows were refused")

func check(by audit.Actor, book *addressbook.Book, o Options) error {
	if by.Kind == audit.KindAdmin && (o.Organisation == "" || o.Verified || book.Format == addressbook.Keycloak || book.Format == addressbook.Signoff) {
		return fault.New(fault.Forbidden, "import_for_operators")
	}
	if book.Format == addressbook.Signoff && o.Organisation != "" {
		return fault.New(fault.Invalid, "import_brings_organisations")
	}
	return nil
}

func (s *Service) newRun(by audit.Actor, book *addressbook.Book, o Options, id string) *run {
	return &run{Service: s, Options: o, by: by, book: book, now: s.Now(), seen: seen{}, skip: map[int]bool{}, foreign: newForeign(),
		report: Report{ID: id, DryRun: o.DryRun, Format: book.Format, Source: book.Source, Ignored: book.Ignored}}
}

// looking is the first pass.
func (r *run) looking(ctx context.Context) error {
	if err := r.View(ctx, func(tx Tx) error { return r.begin(ctx, tx) }); err != nil {
		return err
	}
	return r.each(ctx, func(b batch) error {
		return r.View(ctx, func(tx Tx) error { return r.take(ctx, tx, b) })
	})
}

// each gives the file's batches to fn, one after the other.
func (r *run) each(ctx context.Context, fn func(batch) error) error {
	ctx, cancel := context.WithCancel(ctx)
	batches := read(ctx, r.book)
	defer func() {
		cancel()
		for range batches { // until the file is closed
		}
	}()
	for b := range batches {
		if b.err != nil {
			return b.err
		}
		if err := fn(b); err != nil {
			return err
		}
		if r.Progress != nil {
			r.Progress(r.report.Rows, r.total)
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	r.finish()
	return nil
}

func (r *run) finish() {
	r.report.Departments += r.tree.made
	if r.total == 0 {
		r.total = r.report.Rows
	}
}

// take decides about a batch, and writes it in the second pass.
func (r *run) take(ctx context.Context, tx Tx, b batch) error {
	if err := r.takePlaces(ctx, tx, b.places); err != nil {
		return err
	}
	people := r.sift(b.people)
	if len(people) == 0 {
		return nil
	}
	if err := r.judge(ctx, tx, people); err != nil {
		return err
	}
	for _, c := range people {
		r.count(c)
	}
	if !r.writing {
		return nil
	}
	if r.report.Refused > len(r.skip) && !r.SkipRefused {
		return errRefused
	}
	return r.bring(ctx, tx, slices.DeleteFunc(people, func(c *candidate) bool { return len(c.wrong) > 0 }))
}

// sift leaves those that need a look at the database.
func (r *run) sift(all []*candidate) (people []*candidate) {
	for _, c := range all {
		r.report.Rows++
		switch {
		case c.passedOver():
			r.report.leaveOut(c.person.LeftOut...)
		case r.skip[c.row]:
			r.report.Refused++
		default:
			r.once(c)
			c.left, c.read = len(c.person.LeftOut), len(c.wrong)
			people = append(people, c)
		}
	}
	return people
}

// judge decides about people. What is to change is decided once more when its
// locks are held; who stays as before is not locked, and waits for nobody.
func (r *run) judge(ctx context.Context, tx Tx, people []*candidate) error {
	if err := r.judgeOnce(ctx, tx, people); err != nil || !r.writing {
		return err
	}
	var ids []string
	for _, c := range people {
		if !c.isNew && c.changes() {
			ids = append(ids, c.account)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	slices.Sort(ids)
	if err := tx.LockAccounts(ctx, slices.Compact(ids)); err != nil {
		return err
	}
	for _, c := range people {
		c.decision, c.person.LeftOut = decision{}, c.person.LeftOut[:c.left]
		c.wrong = c.wrong[:c.read]
	}
	return r.judgeOnce(ctx, tx, people)
}

func (r *run) judgeOnce(ctx context.Context, tx Tx, people []*candidate) error {
	f, err := r.look(ctx, tx, people)
	if err != nil {
		return err
	}
	for _, c := range people {
		r.decide(c, f)
		if err := r.decidePlaces(ctx, tx, c); err != nil {
			return err
		}
		// Two rows may lead to one account by two of its names.
		if len(c.wrong) == 0 && !c.isNew {
			if before := r.seen.first(c.row, "match", c.account); before != 0 {
				c.refuse("", "import_row_repeats", "row", before)
			}
		}
		r.settle(c)
		c.newKey = len(c.wrong) == 0 && c.person.Key != "" && f.keyed[c.person.Key] != c.account
	}
	return nil
}

func (r *run) count(c *candidate) {
	if len(c.wrong) > 0 {
		r.report.refuse(c.row, c.wrong...)
		if !r.writing {
			r.skip[c.row] = true
		}
		return
	}
	r.report.leaveOut(c.person.LeftOut...)
	switch {
	case c.isNew:
		r.report.Created++
		if c.person.Hash == "" {
			r.report.WithoutPassword++
		}
		if r.Invite {
			r.report.Invited++
		}
	case c.changes():
		r.report.Updated++
	default:
		r.report.Unchanged++
	}
	if c.join {
		r.report.Joined++
	}
	r.report.Joined += len(c.places)
	if c.move {
		r.report.Moved++
	}
}

// merge keeps what only the first pass told: the rows that it refused.
func (r *run) merge(first Report) Report {
	out := r.report
	out.Applied = true
	out.Refusals = slices.Concat(first.Refusals, out.Refusals)
	return out
}

// noteLook records that an admin has tried out an address book: what it is told
// about names that cannot be had should not be asked for unseen.
func (s *Service) noteLook(ctx context.Context, by audit.Actor, r Report, o Options) error {
	if by.Kind != audit.KindAdmin {
		return nil
	}
	data := r.counts()
	return s.InTx(ctx, func(tx Tx) error {
		return tx.AppendAuditBatch(ctx, []audit.Entry{{ID: s.NewID(), At: s.Now(), Actor: by, Action: "import.tried",
			Organisation: o.Organisation, Object: r.ID, Data: data}})
	})
}

// admin says whether an organisation's admin imports, who reaches that
// organisation's members and nobody else.
func (r *run) admin() bool { return r.by.Kind == audit.KindAdmin }

// begin reads what a pass starts from: the departments, and the admin's role.
func (r *run) begin(ctx context.Context, tx Tx) (err error) {
	if err := org.Manages(ctx, tx, r.by, r.Organisation); err != nil {
		return err
	}
	if r.admin() {
		m, err := tx.Member(ctx, r.Organisation, r.by.ID)
		if err != nil {
			return err
		}
		r.role = m.Role
	}
	if r.Organisation != "" {
		if err := org.MustBeOpen(ctx, tx, r.Organisation); err != nil {
			return err
		}
	}
	r.tree, err = plant(ctx, tx, r.Organisation, r.NewID)
	return err
}

// mayStill checks at the end of the commit, under the organisations' locks, that
// they still take people in, and that an admin still is one. Accounts are locked
// before organisations.
func (r *run) mayStill(ctx context.Context, tx Tx) error {
	for _, id := range r.touched() {
		if err := tx.LockOrganisation(ctx, id); err != nil {
			return err
		}
		if err := org.MustBeOpen(ctx, tx, id); err != nil {
			return err
		}
	}
	return org.Manages(ctx, tx, r.by, r.Organisation)
}

// touched are the organisations that an import gives people to.
func (r *run) touched() []string {
	if r.Organisation != "" {
		return []string{r.Organisation}
	}
	return slices.Sorted(maps.Keys(r.foreign.organisations))
}
