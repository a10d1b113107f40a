package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/signoff-id/signoff/internal/caller"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/httpserver"
)

// The names of the security schemes in the OpenAPI document.
const (
	sessionScheme = "session"
	linkScheme    = "status_link"
)

// admission says who may call an operation at all. What a caller may know of is
// decided with the thing in hand.
type admission struct {
	scheme string   // "" for everybody
	roles  []string // one of them is needed; none: every account
	note   string   // what is decided with the thing in hand
	proved bool     // whether a fresh proof of identity is needed
}

// everybody needs no sign-in.
func everybody() admission { return admission{} }

// theLink needs the token of a closure's private link.
func theLink() admission { return admission{scheme: linkScheme} }

// everyAccount needs a valid session, and reaches only what is the own.
func everyAccount() admission { return admission{scheme: sessionScheme} }

// role needs one of the platform's roles.
func role(names ...string) admission { return admission{scheme: sessionScheme, roles: names} }

// managers are operators, and the admins of the organisation in question.
func managers() admission {
	return admission{scheme: sessionScheme, note: "operator or admin of the organisation"}
}

// insiders are operators, and the members of the organisation in question.
func insiders() admission {
	return admission{scheme: sessionScheme, note: "operator or member of the organisation"}
}

// ownOr is for the account itself, and for whoever has one of the roles.
func ownOr(roles ...string) admission {
	return admission{scheme: sessionScheme, note: "own, or " + strings.Join(roles, ", ")}
}

// fresh asks for a fresh proof of identity beside everything else: the session
// must have proved it a short while ago, at sign-in or since.
func (a admission) fresh() admission {
	a.proved = true
	return a
}

// String is for the OpenAPI document and the tests: who may call.
func (a admission) String() string {
	switch {
	case a.scheme == "":
		return "everybody"
	case a.scheme == linkScheme:
		return "private link"
	case a.note != "":
		return a.note
	case len(a.roles) > 0:
		return strings.Join(a.roles, ", ")
	default:
		return "every account"
	}
}

func (a admission) security() []map[string][]string {
	if a.scheme == "" {
		return []map[string][]string{}
	}
	return []map[string][]string{{a.scheme: {}}}
}

// problems lists what a caller can get for not being let in.
func (a admission) problems() map[int][]string {
	out := map[int][]string{}
	switch a.scheme {
	case sessionScheme:
		out[http.StatusUnauthorized] = []string{"unauthenticated", "session_not_valid"}
		if a.proved {
			out[http.StatusUnauthorized] = append(out[http.StatusUnauthorized], "proof_required")
		}
	case linkScheme:
		out[http.StatusUnauthorized], out[http.StatusTooManyRequests] = []string{"status_link_not_valid"}, slowDown
	}
	if len(a.roles) > 0 {
		out[http.StatusForbidden] = []string{"role_required"}
	}
	return out
}

// admit is the middleware that knows the caller, and lets in who may call.
func (f *face) admit(a admission) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		who, err := f.recognise(ctx.Context(), a, ctx.Header("Authorization"))
		if err != nil {
			httpserver.Fail(ctx, err)
			return
		}
		next(huma.WithValue(ctx, principalKey{}, who))
	}
}

func (f *face) recognise(ctx context.Context, a admission, header string) (*principal, error) {
	token := bearer(header)
	switch a.scheme {
	case "":
		return &principal{}, nil
	case linkScheme:
		if !strings.HasPrefix(token, closure.StatusPrefix) {
			return nil, fault.New(fault.Unauthenticated, "status_link_not_valid")
		}
		if err := f.Access.CheckStatusLink(ctx, token, httpserver.ClientAddress(ctx)); err != nil {
			return nil, err
		}
		return &principal{link: token}, nil
	}
	if token == "" {
		return nil, fault.New(fault.Unauthenticated, "unauthenticated")
	}
	s, err := f.Sessions.Check(ctx, token)
	if err != nil {
		return nil, err
	}
	who := &principal{Caller: caller.Caller{Session: s, Token: token}}
	if len(a.roles) > 0 {
		if err := f.mustHave(ctx, who, a.roles...); err != nil {
			return nil, err
		}
	}
	if a.proved {
		return who, f.Access.MustBeFresh(s)
	}
	return who, nil
}

// bearer takes the token from an Authorization header (RFC 6750, 2.1), "" for
// any other header.
func bearer(header string) string {
	scheme, token, ok := strings.Cut(header, " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// principal is who calls, by a session or by a private link. The zero one is
// anybody.
type principal struct {
	caller.Caller
	link string // the token of a private link
}

type principalKey struct{}

// principalOf gives who calls; never nil.
func principalOf(ctx context.Context) *principal {
	if p, ok := ctx.Value(principalKey{}).(*principal); ok {
		return p
	}
	return &principal{}
}

// has says whether the caller has one of the platform's roles.
func (f *face) has(ctx context.Context, p *principal, roles ...string) (bool, error) {
	return f.desk.Has(ctx, &p.Caller, roles...)
}

// mustHave is has as a refusal.
func (f *face) mustHave(ctx context.Context, p *principal, roles ...string) error {
	return f.desk.MustHave(ctx, &p.Caller, roles...)
}
