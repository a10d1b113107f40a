package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
)

// pages measures what the server needs to draw pages, over HTTP, among all the
// sessions that there are, against the check of a session over HTTP: what every
// page does, too.
func pages(ctx context.Context, b *bench) error {
	return b.in(ctx, "pages", nil, func(p *place) (err error) {
		all, err := b.crowd(ctx, p)
		if err != nil {
			return err
		}
		running, err := p.app.Start(ctx, app.StandardPace())
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, running.Stop(ctx)) }()
		u, err := url.Parse(running.URL())
		if err != nil {
			return err
		}
		var check [][]byte
		for _, k := range all.known {
			check = append(check, request("/v1/session", k.token))
		}
		floor := side{name: "session check over HTTP", run: asking(u.Host, check)}
		operator, err := promoted(ctx, p, all.known[0])
		if err != nil {
			return err
		}
		here := "/console/organisations/" + all.organisation
		for _, w := range []struct {
			by    []known
			name  string
			paths []string
		}{
			{all.known, "", []string{"/help", "/sign-out", "/", "/settings/sessions", "/settings/security"}},
			{operator, "an operator's ", []string{"/console", "/console/accounts", "/console/audit", "/console/reports", here, here + "/people", here + "/online"}},
		} {
			for _, path := range w.paths {
				var wanted [][]byte
				for _, k := range w.by {
					wanted = append(wanted, visiting(path, k.token))
				}
				name := fmt.Sprintf("%spage %s, 16 clients, among %d sessions", w.name, strings.Replace(path, all.organisation, "ID", 1), 2*b.people)
				if err := b.compare(ctx, "pages", "", side{name: name, run: asking(u.Host, wanted)}, floor); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// promoted makes an operator of the person whose session it is.
func promoted(ctx context.Context, p *place, one known) ([]known, error) {
	s, err := p.app.Sessions.Check(ctx, one.token)
	if err != nil {
		return nil, err
	}
	return []known{one}, p.app.Accounts.Grant(ctx, app.Actor(), s.Account, identity.Operator)
}

// visiting is what a browser sends that is signed in.
func visiting(path, token string) []byte {
	return fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nAccept-Language: zh-CN\r\n"+
		"Cookie: signoff_session=%s; signoff_guest=a-secret-of-this-browser-and-of-no-other-one\r\n\r\n", path, token)
}
