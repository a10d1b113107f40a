package main

import "github.com/signoff-id/signoff/internal/policy"

// policyValidateCmd checks a file; it needs no installation.
type policyValidateCmd struct {
	File string `arg:"" placeholder:"FILE"`
}

func (c policyValidateCmd) Run(e *env) error {
	source, err := e.readFile(c.File)
	if err != nil {
		return err
	}
	p, err := policy.Parse(source)
	if err != nil {
		return err
	}
	return e.done(e.viewPolicy(p), "policy_valid", "policy", p.Name, "version", p.Version)
}
