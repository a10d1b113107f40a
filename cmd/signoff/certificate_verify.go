package main

import (
	"time"

	"github.com/signoff-id/signoff/internal/certificate"
)

// certVerifyCmd verifies a certificate with nothing but the issuer's public
// keys: no database, no settings, no network.
type certVerifyCmd struct {
	File string `arg:"" placeholder:"FILE"`
	Key  string `required:"" type:"path" placeholder:"JWKS_FILE"`
}

type verifiedView struct {
	Valid    bool      `json:"valid"`
	ID       string    `json:"id"`
	Issuer   string    `json:"issuer"`
	Subject  string    `json:"subject"`
	Key      string    `json:"key_id"`
	IssuedAt time.Time `json:"issued_at"`
}

func (c certVerifyCmd) Run(e *env) error {
	file, err := e.readFile(c.File)
	if err != nil {
		return err
	}
	jwks, err := e.readFile(c.Key)
	if err != nil {
		return err
	}
	doc, kid, err := certificate.Verify(file, jwks)
	if err != nil {
		return err
	}
	v := verifiedView{true, doc.ID, doc.Issuer, doc.Subject, kid, doc.IssuedAt}
	return e.show(v, func(p *page) {
		p.line(e.say("done.certificate_valid"))
		p.pairs(pair{"id", v.ID}, pair{"issuer", v.Issuer}, pair{"subject", v.Subject}, pair{"key", v.Key}, pair{"issued_at", when(v.IssuedAt)})
	})
}
