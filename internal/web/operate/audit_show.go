package operate

import (
	"maps"
	"slices"
	"strconv"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// evidence is an entry with the proof that it is in the log.
type evidence struct {
	audit.Entry
	audit.Checkpoint
	proof    audit.Proof
	signed   string // the checkpoint as it is signed
	operator bool   // who may follow what the entry is about
	wrong    string // why the proof does not hold, "" when it does
}

// auditShow shows one entry, and proves here and now that it is in the log.
func (p *Pages) auditShow(v *visit.Visit) error {
	seq, err := strconv.ParseInt(v.Part("seq"), 10, 64)
	if err != nil || seq < 0 {
		return fault.New(fault.NotFound, "not_found")
	}
	head, err := p.Audit.Reads.AuditHead(v.Context())
	if err != nil {
		return err
	}
	d := evidence{signed: string(head.Checkpoint)}
	if d.proof, err = p.Audit.Prove(v.Context(), seq, head.Size); err != nil {
		return err
	}
	if d.Entry, err = audit.ParseRecord(d.proof.Record); err != nil {
		return err
	}
	d.Seq = seq
	if d.Checkpoint, err = audit.OpenCheckpoint(head.Checkpoint, p.Audit.Origin, p.Audit.Verifiers); err == nil {
		err = audit.CheckProof(d.proof, d.Checkpoint)
	}
	if err != nil {
		d.wrong = v.T("fault."+fault.Of(err).Code, pairs(fault.Of(err).Args)...)
	}
	if d.operator, err = operates(v); err != nil {
		return err
	}
	page, err := v.Page(v.T("page.audit.entry", "seq", seq))
	if err != nil {
		return err
	}
	return v.Show(auditShowPage(page, d))
}

// pairs turns the arguments of a fault back into what a text takes.
func pairs(args map[string]any) (out []any) {
	for _, name := range slices.Sorted(maps.Keys(args)) {
		out = append(out, name, args[name])
	}
	return out
}

// data gives the entry's codes and counts as lines.
func (d evidence) data() (all []fact) {
	for _, name := range slices.Sorted(maps.Keys(d.Data)) {
		all = append(all, fact{name, d.Data[name]})
	}
	return all
}
