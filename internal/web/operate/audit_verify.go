package operate

import (
	"strings"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// verdict is the audit log, computed again.
type verdict struct {
	form ui.Form
	done bool
	audit.Report
	wrong string // what is wrong with the log, "" for nothing
	code  string
}

// auditVerify asks for a checkpoint to compare with.
func (p *Pages) auditVerify(v *visit.Visit) error { return showVerdict(v, 200, verdict{}) }

func showVerdict(v *visit.Visit, status int, d verdict) error {
	page, err := v.Page(v.T("page.audit.verify"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, auditVerifyPage(page, d))
}

// auditVerifySend computes the whole log again. That it was tampered with is a
// result, and no failure of the page.
func (p *Pages) auditVerifySend(v *visit.Visit) (err error) {
	d := verdict{form: v.Form(), done: true}
	d.Report, err = p.Audit.Verify(v.Context(), checkpointOf(v), nil)
	if found := audit.Finding(err); found != nil {
		d.code, d.wrong = found.Code, v.T("fault."+found.Code, pairs(found.Args)...)
		return showVerdict(v, 200, d)
	}
	if err != nil {
		if e := fault.Of(err); e.Kind == fault.Invalid {
			err = e.At("checkpoint", e.Code, pairs(e.Args)...)
		}
		form, err := v.Again(err)
		if err != nil {
			return err
		}
		return showVerdict(v, form.Problem.Status, verdict{form: form})
	}
	return showVerdict(v, 200, d)
}

// checkpointOf reads what was pasted as a file has it: its lines end in LF, the
// last one, too; forms send CRLF (HTML Standard, 4.10.22.7).
func checkpointOf(v *visit.Visit) []byte {
	text := v.Value("checkpoint")
	if text == "" {
		return nil
	}
	return []byte(strings.ReplaceAll(text, "\r\n", "\n") + "\n")
}
