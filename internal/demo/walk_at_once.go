package demo

import (
	"context"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/certificate"
)

// atOnce closes an account under DingTalk's rules: no review, no cooling-off.
func (w *Walk) atOnce(ctx context.Context) error {
	w.scene("dingtalk")
	p := w.demo.Person(SalesOne)
	operator, err := w.signIn(ctx, w.demo.Person(Operator), client.Desktop)
	if err != nil {
		return err
	}
	if _, err := operator.AddBinding(ctx, p.Account, client.NewBinding{Service: "alipay", Reference: "demo"}); err != nil {
		return err
	}
	desktop, err := w.signIn(ctx, p, client.Desktop)
	if err != nil {
		return err
	}
	phone, err := w.signIn(ctx, p, client.Phone)
	if err != nil {
		return err
	}
	w.line("signed_in", "name", p.Name, "count", 2)
	if err := w.resolve(ctx, phone); err != nil {
		return err
	}
	before, err := w.look(ctx, p)
	if err != nil {
		return err
	}
	link, err := w.confirm(ctx, phone, p, client.NewClosure{Policy: "dingtalk"})
	if err != nil {
		return err
	}
	w.check(!alive(ctx, desktop) && !alive(ctx, phone), "sessions_ended")
	status, err := w.closed(ctx, link)
	if err != nil {
		return err
	}
	w.check(status.State == client.Closed, "closed")
	if err := w.compareWith(ctx, p, before); err != nil {
		return err
	}
	_, err = w.prove(ctx, link)
	w.cannotReturn(ctx, p)
	return err
}

// resolve shows a blocker, that it blocks, and that resolving it helps.
func (w *Walk) resolve(ctx context.Context, c *client.Client) error {
	found, err := c.ClosureConditions(ctx, "dingtalk")
	if err != nil {
		return err
	}
	w.conditions(found)
	_, err = c.RequestClosure(ctx, client.NewClosure{Policy: "dingtalk"})
	w.check(client.HasCode(err, "conditions_not_met"), "blocked")
	me, err := c.OwnAccount(ctx)
	if err != nil {
		return err
	}
	for _, b := range me.Bindings {
		if err := c.ReleaseOwnBinding(ctx, b.ID); err != nil {
			return err
		}
	}
	found, err = c.ClosureConditions(ctx, "dingtalk")
	w.check(err == nil && found.Met, "resolved")
	return err
}

// confirm requests a closure and proves who asks, first with a wrong password.
func (w *Walk) confirm(ctx context.Context, c *client.Client, p Person, in client.NewClosure) (link string, err error) {
	requested, err := c.RequestClosure(ctx, in)
	if err != nil {
		return "", err
	}
	w.check(requested.State == client.Requested, "requested")
	_, err = c.ConfirmClosure(ctx, requested.ID, "not-the-password")
	w.check(client.HasCode(err, "credentials_wrong") && alive(ctx, c), "wrong_password")
	done, err := c.ConfirmClosure(ctx, requested.ID, p.Password)
	if err != nil {
		return "", err
	}
	w.check(done.StatusToken != "", "confirmed", "link", shown(done.StatusLink))
	return done.StatusToken, nil
}

// seen is what the data holders held.
type seen struct {
	holdings []holding
	rows     [][2]string
}

func (w *Walk) look(ctx context.Context, p Person) (s seen, err error) {
	if s.holdings, err = w.holdings(ctx, p); err != nil {
		return s, err
	}
	s.rows, err = w.rows(ctx, p)
	return s, err
}

func (w *Walk) compareWith(ctx context.Context, p Person, before seen) error {
	after, err := w.look(ctx, p)
	if err != nil {
		return err
	}
	w.compare(before.holdings, after.holdings)
	w.show(before.rows, after.rows)
	return nil
}

// prove fetches the certificate by the private link and verifies it with nothing
// but the public keys.
func (w *Walk) prove(ctx context.Context, link string) ([]byte, error) {
	file, err := w.api.CertificateByLink(ctx, link)
	if err != nil {
		return nil, err
	}
	keys, err := w.api.Keys(ctx)
	if err != nil {
		return nil, err
	}
	doc, kid, err := certificate.Verify(file, keys)
	w.check(err == nil, "verified", "key", shown(kid), "steps", len(doc.Timeline))
	return file, err
}

// cannotReturn tries to sign in to what is no longer there.
func (w *Walk) cannotReturn(ctx context.Context, p Person) {
	_, err := w.signIn(ctx, p, client.Desktop)
	w.check(client.HasCode(err, "credentials_wrong"), "gone")
}
