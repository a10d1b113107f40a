package certificate

import (
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/erasure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
)

// Fill writes down what an erasure that is complete did, in Signoff itself and
// in every data holder, and the audit log's evidence for it. A part that is not
// done answers holder_unfinished.
func (c *Certificate) Fill(holders *holder.Set, own []holder.Item, parts []erasure.Part, e audit.Evidence) (err error) {
	if c.Own, err = itemsOf(own); err != nil {
		return err
	}
	if c.Audit, c.Timeline, err = FromEvidence(e); err != nil {
		return err
	}
	for _, part := range parts {
		h, err := holderPart(holders, part)
		if err != nil {
			return err
		}
		c.Holders = append(c.Holders, h)
	}
	return nil
}

func holderPart(holders *holder.Set, part erasure.Part) (HolderPart, error) {
	if !part.Done() || part.Receipt == nil {
		return HolderPart{}, fault.New(fault.Conflict, "holder_unfinished", "holder", part.Holder)
	}
	h, err := holders.Get(part.Holder)
	if err != nil {
		return HolderPart{}, err
	}
	d := h.Describe()
	out := HolderPart{Name: d.Name, Kind: d.Kind, Title: d.Title, None: part.Receipt.None, ErasedAt: part.ErasedAt, VerifiedAt: part.VerifiedAt}
	out.Items, err = itemsOf(part.Receipt.Items)
	return out, err
}

func itemsOf(from []holder.Item) ([]Item, error) {
	var out []Item
	for _, i := range from {
		item := Item{Name: i.Name, Action: i.Action, Count: i.Count, Bytes: i.Bytes, Basis: i.Basis, BasisText: i.BasisText}
		if i.Until != "" {
			until, err := time.Parse(time.DateOnly, i.Until)
			if err != nil {
				return nil, err
			}
			item.Until = &until
		}
		out = append(out, item)
	}
	return out, nil
}
