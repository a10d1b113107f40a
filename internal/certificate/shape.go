package certificate

import (
	"maps"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
)

// maxNumber is the largest whole number that canonical JSON keeps exact
// (RFC 8785 section 3.2.2.3).
const maxNumber = 1<<53 - 1

// normal gives c as the file holds it: times in UTC to the microsecond, nothing
// empty but not nil. It shares no memory with c.
func (c Certificate) normal() Certificate {
	c.RequestedAt, c.ErasureStartedAt, c.IssuedAt = utc(c.RequestedAt), utc(c.ErasureStartedAt), utc(c.IssuedAt)
	c.Policy.Title = texts(c.Policy.Title)
	if c.Notice != nil {
		n := *c.Notice
		n.EndedAt = utc(n.EndedAt)
		c.Notice = &n
	}
	c.Timeline = list(c.Timeline, func(s Step) Step {
		s.At = utc(s.At)
		return s
	})
	c.Holders = list(c.Holders, func(h HolderPart) HolderPart {
		h.ErasedAt, h.VerifiedAt = utc(h.ErasedAt), utc(h.VerifiedAt)
		h.Title, h.Items = texts(h.Title), list(h.Items, normalItem)
		return h
	})
	c.Own = list(c.Own, normalItem)
	c.Identifiers.ReuseAfter = utcOrNil(c.Identifiers.ReuseAfter)
	c.Audit.Entries = list(c.Audit.Entries, func(e AuditEntry) AuditEntry {
		e.Record = slices.Clone(e.Record)
		if e.Proof = slices.Clone(e.Proof); len(e.Proof) == 0 {
			e.Proof = nil
		}
		return e
	})
	return c
}

func normalItem(i Item) Item {
	i.Until, i.BasisText = utcOrNil(i.Until), texts(i.BasisText)
	return i
}

func utc(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

func utcOrNil(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	u := utc(*t)
	return &u
}

func texts(m map[string]string) map[string]string {
	if len(m) == 0 {
		return nil
	}
	return maps.Clone(m)
}

func list[T any](s []T, each func(T) T) []T {
	var all []T
	for _, v := range s {
		all = append(all, each(v))
	}
	return all
}

// check says whether c is complete and does not contradict itself, by
// certificate_malformed with the name of the field.
func (c Certificate) check() error {
	switch {
	case c.Format != Format:
		return malformed("format")
	case c.Kind != "" && c.Kind != OfOrganisation, (c.Kind == OfOrganisation) != (c.Notice != nil):
		return malformed("kind")
	case c.Notice != nil && (c.Notice.Kind == "" || c.Notice.PublishedOn == "" || c.Notice.Reference == "" || c.Notice.EndedAt.IsZero()):
		return malformed("notice")
	case c.ID == "":
		return malformed("id")
	case c.Closure == "":
		return malformed("closure")
	case c.Issuer == "":
		return malformed("issuer")
	case c.Subject == "":
		return malformed("subject")
	case c.Policy.Name == "" || c.Policy.Version < 1 || c.Policy.Digest == "":
		return malformed("policy")
	case c.RequestedAt.IsZero():
		return malformed("requested_at")
	case c.ErasureStartedAt.Before(c.RequestedAt):
		return malformed("erasure_started_at")
	case c.IssuedAt.Before(c.ErasureStartedAt):
		return malformed("issued_at")
	case c.Identifiers.Count < 0 || c.Identifiers.Never && c.Identifiers.ReuseAfter != nil:
		return malformed("identifiers")
	}
	if err := c.checkTimeline(); err != nil {
		return err
	}
	for _, h := range c.Holders {
		if h.Name == "" || h.Kind == "" || h.ErasedAt.IsZero() || h.VerifiedAt.Before(h.ErasedAt) || c.IssuedAt.Before(h.VerifiedAt) {
			return malformed("holders")
		}
		if !slices.ContainsFunc(h.Items, Item.bad) {
			continue
		}
		return malformed("holders.items")
	}
	if slices.ContainsFunc(c.Own, Item.bad) {
		return malformed("own")
	}
	return nil
}

// checkTimeline: one step for each audit entry, by rising Seq.
func (c Certificate) checkTimeline() error {
	if len(c.Timeline) == 0 || len(c.Timeline) != len(c.Audit.Entries) {
		return malformed("timeline")
	}
	last := int64(-1)
	for i, s := range c.Timeline {
		if s.Seq <= last || s.Seq != c.Audit.Entries[i].Seq || s.Event == "" || s.At.IsZero() || s.At.After(c.IssuedAt) {
			return malformed("timeline")
		}
		last = s.Seq
	}
	return nil
}

// bad says whether an item makes no sense: what is kept needs a reason, and only
// what is kept has an end.
func (i Item) bad() bool {
	switch i.Action {
	case ActionKeep:
		if i.Basis == "" {
			return true
		}
	case ActionDelete, ActionBlank, ActionPseudonymise, ActionReassign:
		if i.Until != nil && i.Basis == "" {
			return true
		}
	default:
		return true
	}
	return i.Name == "" || i.Count < 0 || i.Count > maxNumber || i.Bytes < 0 || i.Bytes > maxNumber
}

func malformed(field string) *fault.Error {
	return fault.New(fault.Invalid, "certificate_malformed", "field", field)
}
