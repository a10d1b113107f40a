package policy

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:embed policies/*.yaml
var policies embed.FS

// Shipped gives the policies that come with the program, ordered by name:
// dingtalk and wecom. An error means that the program was built with a broken
// file.
func Shipped() ([]*Policy, error) {
	names, err := fs.Glob(policies, "policies/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list the shipped policies: %w", err)
	}
	var out []*Policy
	for _, name := range names {
		src, err := policies.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read a shipped policy: %w", err)
		}
		p, err := Parse(src)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out = append(out, p)
	}
	return out, nil
}
