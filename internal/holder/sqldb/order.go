package sqldb

import (
	"slices"
	"strings"
)

// order sorts the steps so that each can still find its rows and no foreign key
// is in the way; among those that are free the mapping's order holds. Steps
// that would each have to come first are refused.
func (p *planner) order() []*step {
	before := map[*step][]*step{} // step → those that must have run
	for _, late := range p.steps {
		for _, early := range p.steps {
			if early != late && p.disturbs(late, early) {
				before[late] = append(before[late], early)
			}
		}
	}
	for _, fk := range p.cat.foreign {
		if fk.from == fk.to {
			continue // one statement deletes referring and referred rows together
		}
		for _, late := range p.steps {
			if late.table == fk.to && late.deletes() {
				before[late] = append(before[late], p.handlers(fk)...)
			}
		}
	}
	var done []*step
	for len(done) < len(p.steps) {
		i := slices.IndexFunc(p.steps, func(s *step) bool {
			return !slices.Contains(done, s) && !slices.ContainsFunc(before[s], func(b *step) bool { return !slices.Contains(done, b) })
		})
		if i < 0 {
			p.circle(done, before)
			return nil
		}
		done = append(done, p.steps[i])
	}
	return done
}

// circle refuses the steps that wait for each other, and not those that only
// wait for them.
func (p *planner) circle(done []*step, before map[*step][]*step) {
	at := p.steps[slices.IndexFunc(p.steps, func(s *step) bool { return !slices.Contains(done, s) })]
	var path []*step
	for !slices.Contains(path, at) {
		path = append(path, at)
		at = before[at][slices.IndexFunc(before[at], func(s *step) bool { return !slices.Contains(done, s) })]
	}
	path = path[slices.Index(path, at):]
	var all []string
	for _, s := range path {
		all = append(all, s.name)
	}
	slices.Reverse(all)
	p.refuse(path[0].at.table, "holder_order_circle", "tables", strings.Join(all, " → "))
}

// disturbs says whether writer, had it run, would keep reader from its rows.
func (p *planner) disturbs(writer, reader *step) bool {
	if writer.deletes() {
		if reader.table == writer.table && !reader.deletes() {
			return true
		}
		for up := reader.parent; up != nil; up = up.parent {
			if up.table == writer.table {
				return true
			}
		}
		return false
	}
	changed := writer.changed()
	for s := reader; s != nil; s = s.parent {
		if s.table == writer.table && slices.Contains(changed, s.column) {
			return true
		}
		if s.parent != nil && s.parent.table == writer.table && slices.Contains(changed, s.key) {
			return true
		}
	}
	return false
}
