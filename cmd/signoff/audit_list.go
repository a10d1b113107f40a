package main

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/audit"
)

// auditListCmd shows entries that have their place in the log, and of them those
// that are searched for; the newest when no place is named.
type auditListCmd struct {
	From         int64     `default:"-1" placeholder:"SEQ"`
	Limit        int       `default:"50"`
	Action       string    `placeholder:"ACTION"`
	Account      string    `placeholder:"ACCOUNT"`
	Organisation string    `placeholder:"ID"`
	Actor        string    `placeholder:"ID"`
	Since        time.Time `placeholder:"TIME"`
	Until        time.Time `placeholder:"TIME"`
}

type entryView struct {
	Seq          int64             `json:"seq"`
	ID           string            `json:"id"`
	At           time.Time         `json:"at"`
	ActorKind    string            `json:"actor_kind"`
	ActorID      string            `json:"actor_id,omitempty"`
	Action       string            `json:"action"`
	Organisation string            `json:"organisation_id,omitempty"`
	Account      string            `json:"account_id,omitempty"`
	Object       string            `json:"object,omitempty"`
	Data         map[string]string `json:"data,omitempty"`
}

func viewEntry(x audit.Entry) entryView {
	return entryView{x.Seq, x.ID, x.At, x.Actor.Kind, x.Actor.ID, x.Action, x.Organisation, x.Account, x.Object, x.Data}
}

func (c auditListCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		f := audit.Filter{Action: c.Action, Organisation: c.Organisation, Actor: c.Actor, Since: c.Since, Until: c.Until,
			From: c.From, Limit: c.Limit}
		if c.Account != "" {
			one, err := findAccount(ctx, a, c.Account)
			if err != nil {
				return err
			}
			f.Account = one.ID
		}
		if f.From < 0 {
			f.From, f.Newest = audit.End, true
		}
		all, err := a.Audit.Reads.AuditSearch(ctx, f)
		if err != nil {
			return err
		}
		if f.Newest {
			slices.Reverse(all)
		}
		v := views(all, viewEntry)
		return e.show(v, func(p *page) {
			p.table([]string{"audit_seq", "at", "actor", "action", "account", "object"}, views(v, func(x entryView) []string {
				return []string{strconv.FormatInt(x.Seq, 10), when(x.At), e.word(x.ActorKind), x.Action, x.Account, x.Object}
			}))
		})
	})
}
