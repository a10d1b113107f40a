package api

import (
	"context"

	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/policy"
)

// policyRef names a version of a policy.
type policyRef struct {
	Name    string `json:"name"`
	Version int    `json:"version"`
	Digest  string `json:"digest" doc:"SHA-256 of the file, in hex."`
	Title   string `json:"title" doc:"In the caller's language."`
}

func shapeRef(ctx context.Context, p *policy.Policy) policyRef {
	return policyRef{Name: p.Name, Version: p.Version, Digest: p.Digest, Title: p.Title.In(httpserver.Language(ctx))}
}

// policyView is a version of a policy in words, in the caller's language.
type policyView struct {
	Policy      policyRef `json:"policy"`
	Summary     string    `json:"summary"`
	Explanation string    `json:"explanation,omitempty" doc:"The whole policy in plain words, over several lines."`
	Source      string    `json:"source,omitempty" doc:"The file itself."`
}

// shapePolicy shows a policy as lists do; explained adds the rest.
func shapePolicy(ctx context.Context, p *policy.Policy) policyView {
	return policyView{Policy: shapeRef(ctx, p), Summary: p.Summary.In(httpserver.Language(ctx))}
}

func explained(ctx context.Context, p *policy.Policy) policyView {
	out := shapePolicy(ctx, p)
	out.Explanation, out.Source = p.Explain(httpserver.Language(ctx)), string(p.Source)
	return out
}

// conditionView is one condition's answer for one account.
type conditionView struct {
	Code    string `json:"code"`
	Met     bool   `json:"met"`
	Text    string `json:"text" doc:"The reason, or that it holds, in the caller's language."`
	Resolve string `json:"resolve,omitempty" doc:"The page of the site on which the person can see to it."`
}

func shapeCondition(ctx context.Context) func(policy.Result) conditionView {
	lang := httpserver.Language(ctx)
	return func(r policy.Result) conditionView {
		return conditionView{Code: r.Code, Met: r.Met, Text: r.Text.In(lang), Resolve: r.Resolve}
	}
}

// conditions says whether an account can be closed under a policy.
type conditions struct {
	Policy       policyRef       `json:"policy"`
	Met          bool            `json:"met" doc:"Whether all conditions hold."`
	Conditions   []conditionView `json:"conditions" nullable:"false"`
	Warning      string          `json:"warning" doc:"What a person should know first, in the caller's language."`
	Alternatives string          `json:"alternatives,omitempty" doc:"Milder choices."`
}
