package leave

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/certificate"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/web/show"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// certificateData is what the page of a certificate shows.
type certificateData struct {
	certificate.Certificate
	asked   bool        // the person wants to see the check
	key     string      // of the key that signed it
	problem *ui.Problem // that the check found; then nothing else is shown
	keysAt  string      // where the public keys are
}

// statusCertificate shows the certificate. The server checks it with its public
// keys whenever it is looked at, and says so when it is asked.
func (p *Pages) statusCertificate(v *visit.Visit) error {
	file, ok, err := p.certificateFile(v)
	if err != nil || !ok {
		return err
	}
	data := certificateData{asked: v.Query("verify") == "yes", keysAt: strings.TrimSuffix(p.PublicURL, "/") + "/v1/keys"}
	if data.Certificate, data.key, err = certificate.Verify(file, p.Closures.Ring.JWKS()); err != nil {
		if fault.Of(err).Kind == fault.Internal {
			return err
		}
		data.problem = v.Problem(err)
	}
	page, err := v.Page(v.T("page.certificate.title"))
	if err != nil {
		return err
	}
	return v.Show(certificatePage(page, data))
}

// certificateFile reads the certificate of this browser's link; ok is false where
// the answer has been given.
func (p *Pages) certificateFile(v *visit.Visit) (file []byte, ok bool, err error) {
	if _, ok, err = p.underLink(v); err != nil || !ok {
		return nil, ok, err
	}
	file, err = p.Closures.CertificateByLink(v.Context(), p.statusLink.Token(v))
	if fault.Is(err, "certificate_not_yet") {
		return nil, false, v.Go("/closure-status") // which says how far it is
	}
	return file, err == nil, err
}

// statusCertificateFile gives the certificate's file, to be kept.
func (p *Pages) statusCertificateFile(v *visit.Visit) error {
	file, ok, err := p.certificateFile(v)
	if err != nil || !ok {
		return err
	}
	v.Save("application/json", "closure-certificate.json", file)
	return nil
}

// linesOf are the certificate's steps, each with its entry of the audit log.
func linesOf(c certificate.Certificate) []show.Line {
	out := make([]show.Line, len(c.Timeline))
	for i, s := range c.Timeline {
		out[i] = show.Line{Event: s.Event, At: s.At, Seq: s.Seq}
	}
	return out
}

// itemsOf are what was done in one place, as receipts show it.
func itemsOf(all []certificate.Item) []holder.Item {
	out := make([]holder.Item, len(all))
	for i, x := range all {
		out[i] = holder.Item{Name: x.Name, Action: x.Action, Count: x.Count, Bytes: x.Bytes, Basis: x.Basis, BasisText: x.BasisText}
		if x.Until != nil {
			out[i].Until = x.Until.UTC().Format(time.DateOnly)
		}
	}
	return out
}

// inLanguage picks a title, or names the thing by its own name.
func inLanguage(p *ui.Page, titles map[string]string, name string) string {
	if t := titles[p.Lang]; t != "" {
		return t
	}
	return name
}

// identifiersText says what becomes of the number, address and name.
func identifiersText(p *ui.Page, i certificate.Identifiers) string {
	switch {
	case i.Count == 0:
		return p.T("page.certificate.identifiers_none")
	case i.Never:
		return p.T("page.certificate.identifiers_never", "count", i.Count)
	case i.ReuseAfter != nil:
		return p.T("page.certificate.identifiers_after", "count", i.Count, "time", p.DateTime(*i.ReuseAfter))
	default:
		return p.T("page.certificate.identifiers_now", "count", i.Count)
	}
}

// logSize is how many entries the audit log had when the certificate was signed:
// the second line of its checkpoint (c2sp.org/tlog-checkpoint).
func logSize(c certificate.Certificate) (int, error) {
	lines := strings.SplitN(c.Audit.Checkpoint, "\n", 3)
	if len(lines) < 3 {
		return 0, errors.New("leave: a checkpoint without a size")
	}
	return strconv.Atoi(lines[1])
}
