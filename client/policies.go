package client

import (
	"context"
	"net/http"
	"net/url"
)

// yamlType is the media type of the files of policies and calendars (RFC 9512).
const yamlType = "application/yaml"

// PolicyRef names a version of a policy.
type PolicyRef struct {
	Name    string `json:"name"`
	Version int    `json:"version"`
	Digest  string `json:"digest"` // SHA-256 of the file, in hex
	Title   string `json:"title"`
}

// Policy is a version of a policy in words, in the client's language.
type Policy struct {
	Policy      PolicyRef `json:"policy"`
	Summary     string    `json:"summary"`
	Explanation string    `json:"explanation"` // "" in a list
	Source      string    `json:"source"`      // the file; "" in a list and after Validate
}

// Condition is one condition's answer for one account.
type Condition struct {
	Code    string `json:"code"`
	Met     bool   `json:"met"`
	Text    string `json:"text"`
	Resolve string `json:"resolve"` // the page of the site where the person can see to it
}

// Conditions says whether an account can be closed under a policy.
type Conditions struct {
	Policy       PolicyRef   `json:"policy"`
	Met          bool        `json:"met"` // whether all hold
	Conditions   []Condition `json:"conditions"`
	Warning      string      `json:"warning"`
	Alternatives string      `json:"alternatives"`
}

// Policies lists all versions of all policies, by name, the newest first.
func (c *Client) Policies(ctx context.Context) ([]Policy, error) {
	return items[Policy](ctx, c, path("policies"))
}

// Policy gives the newest version of a policy in plain words. Codes:
// policy_not_found.
func (c *Client) Policy(ctx context.Context, name string) (Policy, error) {
	return get[Policy](ctx, c, path("policies", name), nil)
}

// InstallPolicy keeps a policy, a YAML file, as a new version; for operators.
// Codes: policy_invalid, policy_version_exists.
func (c *Client) InstallPolicy(ctx context.Context, source []byte) (Policy, error) {
	return ask[Policy](ctx, c, call{method: http.MethodPost, path: path("policies"), raw: source, rawType: yamlType, creates: true})
}

// ValidatePolicy checks a policy without keeping it; for operators. Codes:
// policy_invalid, its Errors with lines and reasons.
func (c *Client) ValidatePolicy(ctx context.Context, source []byte) (Policy, error) {
	return ask[Policy](ctx, c, call{method: http.MethodPost, path: path("policies", "validate"), raw: source, rawType: yamlType})
}

// ExplainPolicy tries a policy against an account without effect: the caller's
// where account is "", anybody's for operators. Codes: policy_not_found,
// account_not_found.
func (c *Client) ExplainPolicy(ctx context.Context, name, account string) (Conditions, error) {
	q := url.Values{}
	if account != "" {
		q.Set("account_id", account)
	}
	return get[Conditions](ctx, c, path("policies", name, "explain"), q)
}
