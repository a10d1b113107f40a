package operate

import (
	"strconv"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// auditData is what the list of the audit log shows.
type auditData struct {
	all    []audit.Entry
	wanted auditWanted
	pages  ui.Paging
	signed bool // whether there is a checkpoint yet
}

// auditWanted is what the log is searched by, as it was asked for.
type auditWanted struct {
	action, account, organisation, actor string
	since, until                         string // days, in the person's time zone
}

func wantedOf(v *visit.Visit) auditWanted {
	return auditWanted{action: v.Query("action"), account: v.Query("account"), organisation: v.Query("organisation"),
		actor: v.Query("actor"), since: v.Query("since"), until: v.Query("until")}
}

// address is the list with this search, from a place on.
func (w auditWanted) address(from string) string {
	return visit.Address("/console/audit", "action", w.action, "account", w.account, "organisation", w.organisation,
		"actor", w.actor, "since", w.since, "until", w.until, "from", from)
}

// filter is the search as the log understands it. Nothing can be found by what is
// no id, no kind of entry and no day.
func (w auditWanted) filter(zone *time.Location) (f audit.Filter, ok bool) {
	f = audit.Filter{Action: w.action, Account: w.account, Organisation: w.organisation, Actor: w.actor, From: audit.End, Newest: true, Limit: perPage + 1}
	for _, id := range []string{w.action, w.account, w.organisation, w.actor} {
		if id != "" && !visit.Plain(id) {
			return f, false
		}
	}
	var err error
	if w.since != "" {
		if f.Since, err = time.ParseInLocation(time.DateOnly, w.since, zone); err != nil {
			return f, false
		}
	}
	if w.until != "" {
		day, err := time.ParseInLocation(time.DateOnly, w.until, zone)
		if err != nil {
			return f, false
		}
		f.Until = day.AddDate(0, 0, 1) // the day itself is meant, too
	}
	return f, true
}

// auditList shows the audit log, the newest entries first.
func (p *Pages) auditList(v *visit.Visit) error {
	d := auditData{wanted: wantedOf(v)}
	f, ok := d.wanted.filter(v.Words().Zone)
	if from, err := strconv.ParseInt(v.Query("from"), 10, 64); err == nil {
		f.From, d.pages.First = from, d.wanted.address("")
	}
	if ok {
		found, err := p.Audit.Reads.AuditSearch(v.Context(), f)
		if err != nil {
			return err
		}
		var next string
		d.all, next = visit.Cut(found, perPage, func(e audit.Entry) string { return strconv.FormatInt(e.Seq-1, 10) })
		if next != "" {
			d.pages.Next = d.wanted.address(next)
		}
	}
	head, err := p.Audit.Reads.AuditHead(v.Context())
	if err != nil {
		return err
	}
	d.signed = len(head.Checkpoint) > 0
	page, err := v.Page(v.T("page.audit.title"))
	if err != nil {
		return err
	}
	return v.Show(auditListPage(page, d))
}

// actions are the kinds of entries to choose from.
func actions(p *ui.Page) []ui.Option {
	out := []ui.Option{{Label: p.T("page.audit.every_action")}}
	for _, key := range p.Texts.Keys(p.Lang, actionText) {
		out = append(out, ui.Option{Value: key[len(actionText):], Label: p.T(key)})
	}
	return out
}

// actionText begins the keys of what a kind of entry is called.
const actionText = "page.audit.action."

func actionName(p *ui.Page, action string) string { return p.TOr("page.audit.action."+action, action) }
