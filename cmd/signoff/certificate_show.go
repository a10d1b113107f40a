package main

import (
	"encoding/json"
	"strings"

	"github.com/signoff-id/signoff/internal/certificate"
)

// certShowCmd puts a certificate into words. With the issuer's keys it verifies
// it first; without, it says that it has not.
type certShowCmd struct {
	File string `arg:"" placeholder:"FILE"`
	Key  string `type:"path" placeholder:"JWKS_FILE"`
}

func (c certShowCmd) Run(e *env) error {
	file, err := e.readFile(c.File)
	if err != nil {
		return err
	}
	var doc certificate.Certificate
	if c.Key != "" {
		jwks, err := e.readFile(c.Key)
		if err != nil {
			return err
		}
		if doc, _, err = certificate.Verify(file, jwks); err != nil {
			return err
		}
	} else if doc, err = certificate.Read(file); err != nil {
		return err
	}
	if e.json {
		return e.show(json.RawMessage(file), nil)
	}
	return e.show(nil, func(p *page) {
		p.line(strings.TrimRight(doc.Render(e.lang), "\n"))
		if c.Key == "" {
			p.blank()
			p.line(e.say("certificate_unverified"))
		}
	})
}
