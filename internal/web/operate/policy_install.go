package operate

import (
	"strconv"
	"strings"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// draft is a policy that is being written.
type draft struct {
	form   ui.Form
	source string
	wrong  []mistake
	valid  *policy.Policy // when it was checked and nothing was wrong
}

// mistake is a place in the source that is wrong.
type mistake struct {
	line   int    // from 1; 0 for none
	text   string // of that line
	reason string
}

// policyNew begins with the newest version of a policy, or with nothing.
func (p *Pages) policyNew(v *visit.Visit) error {
	d := draft{}
	if from := v.Query("from"); from != "" {
		one, err := p.Closures.Policy(v.Context(), from)
		if err != nil {
			return err
		}
		d.source = string(one.Source)
	}
	return p.showDraft(v, 200, d)
}

func (p *Pages) showDraft(v *visit.Visit, status int, d draft) error {
	page, err := v.Page(v.T("page.policy.new_title"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, policyNewPage(page, d))
}

// policyInstall checks what was typed, and keeps it as a new version when that
// was asked for.
func (p *Pages) policyInstall(v *visit.Visit) error {
	// A form sends its lines apart by CRLF (HTML Standard, 4.10.22.7); files have LF.
	source := strings.ReplaceAll(v.Secret("source"), "\r\n", "\n")
	one, err := p.checkOrInstall(v, []byte(source))
	if err != nil {
		form, err2 := v.Again(err)
		if err2 != nil {
			return err2
		}
		return p.showDraft(v, form.Problem.Status, draft{form: form, source: source, wrong: mistakes(v.Words(), source, err)})
	}
	if v.Value("do") != "install" {
		return p.showDraft(v, 200, draft{source: source, valid: one})
	}
	v.Tell("success", "page.policy.installed", "title", one.Title.In(v.Lang), "version", strconv.Itoa(one.Version))
	return v.Go("/console/policies/" + one.Name)
}

func (p *Pages) checkOrInstall(v *visit.Visit, source []byte) (*policy.Policy, error) {
	if v.Value("do") == "install" {
		return p.Closures.InstallPolicy(v.Context(), v.AsOperator(), source)
	}
	return policy.Parse(source)
}

// mistakes puts each fault beside the line that it is about.
func mistakes(words ui.Words, source string, err error) (all []mistake) {
	written := strings.Split(source, "\n")
	for _, f := range fault.Of(err).Fields {
		m := mistake{reason: words.Texts.Field(words.Lang, f), line: lineOf(f.Path)}
		if m.line > 0 && m.line <= len(written) {
			m.text = strings.TrimSpace(written[m.line-1])
		}
		all = append(all, m)
	}
	return all
}

// lineOf reads the number out of "line 12, column 3".
func lineOf(path string) int {
	rest, _ := strings.CutPrefix(path, "line ")
	digits, _, _ := strings.Cut(rest, ",")
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
