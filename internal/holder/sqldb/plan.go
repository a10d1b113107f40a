package sqldb

import (
	"slices"

	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/yamldoc"
)

// plan is a mapping resolved against a catalogue: what to do, in an order that
// foreign keys and links allow.
type plan struct {
	version string
	steps   []*step // in the order in which they run
	written []*step // in the order of the mapping, for counts and receipts
	foreign []*foreignKey
	ends    *plan // for organisations that end
}

// about gives the plan for a subject; nil for an organisation where the mapping
// says nothing of organisations.
func (p *plan) about(who holder.Subject) *plan {
	if who.Organisation != "" {
		return p.ends
	}
	return p
}

// step is an entry with its tables and columns found.
type step struct {
	*entry
	table  *table
	column *column
	parent *step
	key    *column // of the parent's table, with a link

	blank, pseudonymise []*column
	reassigned          *column
}

// changed lists the columns that the step writes.
func (s *step) changed() []*column {
	all := append(slices.Clone(s.blank), s.pseudonymise...)
	if s.reassigned != nil {
		all = append(all, s.reassigned)
	}
	return all
}

// planner compares a mapping with a catalogue and collects what does not fit.
type planner struct {
	reader
	mapping *mapping
	cat     *catalogue
	engine  engine
	steps   []*step // in the order of the mapping
	byEntry map[*entry]*step
}

// plan resolves the mapping. What does not fit is the fault
// holder_mapping_unfit with a field for each wrong place.
func (m *mapping) plan(c *catalogue, e engine) (*plan, error) {
	p := &planner{mapping: m, cat: c, engine: e, byEntry: map[*entry]*step{}}
	p.resolve()
	if p.wrong == nil {
		p.columns()
	}
	if p.wrong == nil {
		p.references()
	}
	var order []*step
	if p.wrong == nil {
		order = p.order()
	}
	if p.wrong != nil {
		return nil, refusal(m.holder, "holder_mapping_unfit", p.wrong)
	}
	out := &plan{steps: order, written: p.steps, foreign: c.foreign}
	if m.ends != nil {
		var err error
		if out.ends, err = m.ends.plan(c, e); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// resolve finds the tables and columns that the mapping names.
func (p *planner) resolve() {
	for _, e := range p.mapping.entries {
		s := &step{entry: e, table: p.cat.table(e.table)}
		p.byEntry[e] = s
		p.steps = append(p.steps, s)
		if s.table == nil {
			p.refuse(e.at.table, "holder_table_missing", "table", e.table)
		}
	}
	for _, s := range p.steps {
		if s.table == nil {
			continue
		}
		at := s.at.person
		if at == nil {
			at = s.at.via
		}
		s.column = p.column(s.table, s.entry.column, node(at, "column"))
		for _, name := range s.entry.blank {
			s.blank = append(s.blank, p.column(s.table, name, s.at.blank))
		}
		for _, name := range s.entry.pseudonymise {
			s.pseudonymise = append(s.pseudonymise, p.column(s.table, name, s.at.pseudonymise))
		}
		if s.reassign != nil {
			s.reassigned = p.column(s.table, s.reassign.column, node(s.at.reassign, "column"))
		}
		if s.entry.parent != nil {
			s.parent = p.byEntry[s.entry.parent]
			s.key = p.keyOf(s)
		}
	}
}

func (p *planner) column(t *table, name string, at *yamldoc.Node) *column {
	c := p.cat.column(t, name)
	if c == nil {
		p.refuse(at, "holder_column_missing", "table", t.String(), "column", name)
	}
	return c
}

// keyOf finds the column that a link refers to: the written one, or that of the
// one foreign key over this column alone.
func (p *planner) keyOf(s *step) *column {
	if s.parent.table == nil || s.column == nil {
		return nil
	}
	if s.entry.key != "" {
		return p.column(s.parent.table, s.entry.key, node(s.at.via, "key"))
	}
	var found []*column
	for _, fk := range p.cat.foreign {
		if fk.from == s.table && fk.to == s.parent.table && len(fk.columns) == 1 && fk.columns[0] == s.column {
			found = append(found, fk.keys[0])
		}
	}
	if len(found) == 0 {
		p.refuse(s.at.via, "holder_key_missing", "table", s.table.String(), "column", s.column.name, "parent", s.parent.table.String())
		return nil
	}
	return found[0]
}

// columns refuses what the columns cannot take.
func (p *planner) columns() {
	for _, s := range p.steps {
		for _, c := range s.blank {
			if c.required {
				p.refuse(s.at.blank, "holder_column_required", "table", s.table.String(), "column", c.name)
			}
		}
		for _, c := range s.pseudonymise {
			if c.kind != textual {
				p.refuse(s.at.pseudonymise, "holder_column_not_text", "table", s.table.String(), "column", c.name)
			}
			if p.refers(s.table, c) {
				p.refuse(s.at.pseudonymise, "holder_column_refers", "table", s.table.String(), "column", c.name)
			}
		}
		for _, c := range s.changed() {
			if c.generated {
				p.refuse(s.at.action, "holder_column_generated", "table", s.table.String(), "column", c.name)
			}
			if p.referred(s.table, c) {
				p.refuse(s.at.action, "holder_column_referred", "table", s.table.String(), "column", c.name)
			}
		}
		p.literals(s)
	}
}

// literals refuses fixed values that the column cannot have.
func (p *planner) literals(s *step) {
	if s.reassign == nil {
		return
	}
	var values []string
	if !s.reassign.successor {
		values = append(values, s.reassign.literal)
	}
	if s.reassign.fallback != nil {
		values = append(values, *s.reassign.fallback)
	}
	for _, v := range values {
		if _, ok := p.engine.value(s.reassigned.kind, v, "$1"); !ok {
			p.refuse(s.at.reassign, "holder_literal", "table", s.table.String(), "column", s.reassigned.name)
		}
	}
}

func (p *planner) refers(t *table, c *column) bool {
	return slices.ContainsFunc(p.cat.foreign, func(fk *foreignKey) bool { return fk.from == t && slices.Contains(fk.columns, c) })
}

func (p *planner) referred(t *table, c *column) bool {
	return slices.ContainsFunc(p.cat.foreign, func(fk *foreignKey) bool { return fk.to == t && slices.Contains(fk.keys, c) })
}

// references refuses foreign keys onto rows that go when nothing says what
// becomes of the rows that hold them: the database would stop the erasure, or
// quietly take along rows that no receipt counts.
func (p *planner) references() {
	for _, fk := range p.cat.foreign {
		i := slices.IndexFunc(p.steps, func(s *step) bool { return s.table == fk.to && s.deletes() })
		if i < 0 || fk.from == fk.to || len(p.handlers(fk)) > 0 {
			continue
		}
		at, args := p.steps[i].at.table, []any{"table", fk.from.String(), "column", names(fk.columns), "parent", fk.to.String()}
		if slices.ContainsFunc(p.steps, func(s *step) bool { return s.table == fk.from }) {
			p.refuse(at, "holder_reference_left", args...)
		} else {
			p.refuse(at, "holder_reference_unmapped", args...)
		}
	}
}

// handlers gives the steps that undo references over fk: those that follow it
// as a link where there are any, or else all that delete its rows or write its
// column.
func (p *planner) handlers(fk *foreignKey) []*step {
	var exact, loose []*step
	for _, s := range p.steps {
		if s.table != fk.from || !s.deletes() && !slices.ContainsFunc(s.changed(), func(c *column) bool { return slices.Contains(fk.columns, c) }) {
			continue
		}
		loose = append(loose, s)
		if s.parent != nil && s.parent.table == fk.to && s.parent.deletes() && slices.Contains(fk.columns, s.column) {
			exact = append(exact, s)
		}
	}
	if exact != nil {
		return exact
	}
	return loose
}
