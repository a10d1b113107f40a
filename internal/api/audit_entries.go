package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/identity"
)

// actorView is who did something.
type actorView struct {
	Kind string `json:"kind" enum:"member,admin,reviewer,operator,system"`
	ID   string `json:"id,omitempty"`
}

// entryView is one entry of the audit log. It holds ids, codes and counts, and
// nothing personal.
type entryView struct {
	Seq            int64             `json:"seq" doc:"The place in the log, from 0."`
	ID             string            `json:"id"`
	At             time.Time         `json:"at"`
	Actor          actorView         `json:"actor"`
	Action         string            `json:"action" example:"account.created"`
	OrganisationID string            `json:"organisation_id,omitempty"`
	AccountID      string            `json:"account_id,omitempty"`
	Object         string            `json:"object,omitempty" doc:"What else it happened to, such as a closure's id."`
	Data           map[string]string `json:"data,omitempty" doc:"Codes and counts."`
}

func shapeEntry(e audit.Entry) entryView {
	return entryView{Seq: e.Seq, ID: e.ID, At: e.At.UTC(), Actor: actorView(e.Actor), Action: e.Action,
		OrganisationID: e.Organisation, AccountID: e.Account, Object: e.Object, Data: e.Data}
}

// AuditFilter is what entries are searched by.
type AuditFilter struct {
	Action         string    `query:"action" maxLength:"100" doc:"Only what was done in this way." example:"account.created"`
	OrganisationID string    `query:"organisation_id" maxLength:"64" doc:"Only what happened in this organisation."`
	AccountID      string    `query:"account_id" maxLength:"64" doc:"Only what happened to this account."`
	ActorID        string    `query:"actor_id" maxLength:"64" doc:"Only what this account did."`
	Since          time.Time `query:"since" doc:"Only what happened at this instant (RFC 3339) or later."`
	Until          time.Time `query:"until" doc:"Only what happened before this instant (RFC 3339)."`
	Newest         bool      `query:"newest" doc:"The newest first."`
}

// auditEntries gives the audit log in its order, or the newest first, and of it
// what is searched for.
func (f *face) auditEntries() {
	register(f, operation{
		ID: "list-audit-entries", Method: http.MethodGet, Path: "/v1/audit/entries", Tag: tagProof, Access: role(identity.Operator, identity.Auditor),
		Problems: map[int][]string{http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct {
		Page
		AuditFilter
		From int64 `query:"from" minimum:"0" doc:"The seq to begin with, where there is no cursor."`
	}) (*answer[list[entryView]], error) {
		place, err := in.after()
		if err != nil {
			return nil, err
		}
		wanted := audit.Filter{Action: in.Action, Organisation: in.OrganisationID, Account: in.AccountID, Actor: in.ActorID,
			Since: in.Since, Until: in.Until, From: in.From, Newest: in.Newest, Limit: in.more()}
		if in.Newest && in.From == 0 {
			wanted.From = audit.End
		}
		if place != "" {
			last, err := strconv.ParseInt(place, 10, 64)
			if err != nil {
				return nil, badCursor()
			}
			if wanted.From = last + 1; in.Newest {
				wanted.From = last - 1
			}
		}
		all, err := f.Audit.Reads.AuditSearch(ctx, wanted)
		if err != nil {
			return nil, err
		}
		seq := func(e audit.Entry) string { return strconv.FormatInt(e.Seq, 10) }
		return pageOf(in.Page, all, seq, shapeEntry), nil
	})
}
