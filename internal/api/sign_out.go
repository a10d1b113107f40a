package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/session"
)

// The scopes of a sign-out that only a person's own sessions have; the others
// are session.Scope's.
const (
	scopeOthers = "others"
	scopeAll    = "all"
)

// newSignOut says whose sessions end. With a reason, or for others than
// oneself, it is an order by an admin or an operator.
type newSignOut struct {
	Scope          string `json:"scope" enum:"session,others,all,account,department,organisation"`
	Target         string `json:"target,omitempty" maxLength:"64" doc:"The session, account or department. An own session may be left out: the current one."`
	OrganisationID string `json:"organisation_id,omitempty" maxLength:"64" doc:"The organisation that an admin acts for. Operators may leave it out where the scope does not need it."`
	App            string `json:"app,omitempty" maxLength:"100" doc:"With others or all: only the sessions of this app. Empty: the whole platform."`
	Reason         string `json:"reason,omitempty" doc:"Why, told to the people signed out. Required for an order."`
}

// signedOut counts what ended.
type signedOut struct {
	Ended *int `json:"ended" nullable:"true" doc:"How many sessions ended; null for an organisation, where nobody is counted."`
}

// order says whether this ends the sessions of others.
func (n newSignOut) order() bool {
	return n.OrganisationID != "" || n.Reason != "" ||
		n.Scope != scopeOthers && n.Scope != scopeAll && n.Scope != string(session.OneSession)
}

// signOut ends sessions: the caller's own, or by order.
func (f *face) signOut() {
	register(f, operation{
		ID: "sign-out", Method: http.MethodPost, Path: "/v1/sign-outs", Tag: tagSessions, Access: everyAccount(),
		Problems: map[int][]string{http.StatusNotFound: {"session_not_found", "account_not_found", "department_not_found", "organisation_not_found"}},
	}, func(ctx context.Context, in *struct{ Body newSignOut }) (*answer[signedOut], error) {
		end := f.endOwn
		if in.Body.order() {
			end = f.endByOrder
		}
		n, err := end(ctx, in.Body)
		if err != nil {
			return nil, err
		}
		out := &answer[signedOut]{}
		if n != session.Everybody {
			out.Body.Ended = &n
		}
		return out, nil
	})
}

func (f *face) endOwn(ctx context.Context, in newSignOut) (int, error) {
	who := caller(ctx)
	if in.Scope == string(session.OneSession) {
		if in.App != "" {
			return 0, fault.Wrong().At("app", "field_not_used", "scope", in.Scope)
		}
		target := in.Target
		if target == "" {
			target = who.session.ID
		}
		return f.Sessions.SignOut(ctx, who.account(), target)
	}
	if in.Target != "" {
		return 0, fault.Wrong().At("target", "field_not_used", "scope", in.Scope)
	}
	except := ""
	if in.Scope == scopeOthers {
		except = who.session.ID
	}
	return f.Sessions.SignOutAll(ctx, who.account(), except, in.App)
}

// endByOrder leaves the check against the organisation to the commit that ends
// the sessions.
func (f *face) endByOrder(ctx context.Context, in newSignOut) (int, error) {
	if in.Scope == scopeOthers || in.Scope == scopeAll {
		return 0, unused(in)
	}
	who := caller(ctx)
	by := audit.Actor{Kind: audit.KindAdmin, ID: who.account()}
	operator, err := f.has(ctx, who, identity.Operator)
	switch {
	case err != nil:
		return 0, err
	case operator:
		by.Kind = audit.KindOperator
	case in.OrganisationID == "":
		return 0, fault.Wrong().At("organisation_id", "required")
	}
	return f.Sessions.Force(ctx, by, session.Order{Scope: session.Scope(in.Scope), Organisation: in.OrganisationID,
		Target: in.Target, Reason: in.Reason})
}

// unused names what the scopes of one's own sessions have no use for.
func unused(in newSignOut) error {
	bad := fault.Wrong()
	if in.OrganisationID != "" {
		bad = bad.At("organisation_id", "field_not_used", "scope", in.Scope)
	}
	if in.Reason != "" {
		bad = bad.At("reason", "field_not_used", "scope", in.Scope)
	}
	return bad
}
