package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/signoff-id/signoff/internal/app"
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
		for _, path := range []string{"/help", "/sign-out", "/"} {
			var wanted [][]byte
			for _, k := range all.known {
				wanted = append(wanted, visiting(path, k.token))
			}
			name := fmt.Sprintf("page %s, 16 clients, among %d sessions", path, 2*b.people)
			if err := b.compare(ctx, "pages", "", side{name: name, run: asking(u.Host, wanted)}, floor); err != nil {
				return err
			}
		}
		return nil
	})
}

// visiting is what a browser sends that is signed in.
func visiting(path, token string) []byte {
	return fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nAccept-Language: zh-CN\r\n"+
		"Cookie: signoff_session=%s; signoff_guest=a-secret-of-this-browser-and-of-no-other-one\r\n\r\n", path, token)
}
