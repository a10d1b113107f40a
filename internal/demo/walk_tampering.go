package demo

import (
	"context"
	"strings"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/certificate"
)

// tampering changes one byte of the audit log and one of a certificate, and
// shows that both are found.
func (w *Walk) tampering(ctx context.Context) error {
	w.scene("tampering")
	operator, err := w.signIn(ctx, w.demo.Person(Operator), client.Desktop)
	if err != nil {
		return err
	}
	report, err := operator.VerifyAudit(ctx, nil)
	if err != nil {
		return err
	}
	w.check(report.OK, "audit_whole", "count", report.Size)
	db, err := openCRM(strings.TrimPrefix(w.demo.Config.DSN(), "sqlite:"))
	if err != nil {
		return err
	}
	defer db.Close()
	const victim = 7
	change := func(from, to string) error {
		_, err := db.ExecContext(ctx, `UPDATE audit_entries SET action = replace(action, $1, $2) WHERE seq = $3`, from, to, victim)
		return err
	}
	if err := change(".", ","); err != nil {
		return err
	}
	if report, err = operator.VerifyAudit(ctx, nil); err != nil {
		return err
	}
	w.check(!report.OK && report.FirstWrong != nil && *report.FirstWrong == victim, "audit_changed", "seq", victim, "detail", report.Detail)
	if err := change(",", "."); err != nil {
		return err
	}
	return w.tamperWithCertificate(ctx, operator)
}

func (w *Walk) tamperWithCertificate(ctx context.Context, operator *client.Client) error {
	keys, err := w.api.Keys(ctx)
	if err != nil {
		return err
	}
	closed, err := operator.Closures(ctx, client.ClosureFilter{State: client.Closed}, client.Page{})
	if err != nil {
		return err
	}
	w.check(len(closed.Items) == 2, "both_closed")
	for _, c := range closed.Items[:min(1, len(closed.Items))] {
		file, err := operator.Certificate(ctx, c.ID)
		if err != nil {
			return err
		}
		file[len(file)/2] ^= 1
		_, _, err = certificate.Verify(file, keys)
		w.check(err != nil, "certificate_changed", "detail", w.Texts.Fault(w.Lang, err))
	}
	return nil
}
