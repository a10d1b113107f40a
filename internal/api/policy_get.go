package api

import (
	"context"
	"net/http"
)

// ByName names one thing by its name in the path.
type ByName struct {
	Name string `path:"name" maxLength:"64"`
}

// policyGet gives the newest version of a policy, with what it means in plain
// words.
func (f *face) policyGet() {
	register(f, operation{
		ID: "get-policy", Method: http.MethodGet, Path: "/v1/policies/{name}", Tag: tagPolicies, Access: everyAccount(),
		Problems: map[int][]string{http.StatusNotFound: {"policy_not_found"}},
	}, func(ctx context.Context, in *ByName) (*answer[policyView], error) {
		p, err := f.Closures.Policy(ctx, in.Name)
		if err != nil {
			return nil, err
		}
		return &answer[policyView]{Body: explained(ctx, p)}, nil
	})
}
