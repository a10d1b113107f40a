package e2e_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/signoff-id/signoff/client"
)

func TestLanguages(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.run(t, "problems are said in the callers language", problemsAreSaidInTheCallersLanguage)
		s.run(t, "what people read is in both languages", whatPeopleReadIsInBothLanguages)
	})
}

func chinese(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// The same refusal is said in the language that the caller asks for; its code
// is the same.
func problemsAreSaidInTheCallersLanguage(t *testing.T, s *stage) {
	ctx := t.Context()
	p := s.person()
	_, err := s.operator.AddArrear(ctx, p.id, client.NewArrear{Currency: "CNY", Amount: 1})
	s.Must(err)
	refusals := map[string]func(*client.Client) error{
		"without a session": func(c *client.Client) error { return drop(c.WithToken("").OwnAccount(ctx)) },
		"an ended session":  func(c *client.Client) error { return drop(c.WithToken("sos_ended").OwnAccount(ctx)) },
		"a role":            func(c *client.Client) error { return drop(c.Accounts(ctx, client.Page{})) },
		"not there":         func(c *client.Client) error { return drop(c.Closure(ctx, "none")) },
		"a wrong password": func(c *client.Client) error {
			return drop(c.WithToken("").SignIn(ctx, client.NewSession{Name: p.email, Password: "not the passphrase", Device: client.Device{Kind: client.Phone}, App: "crm"}))
		},
		"a condition": func(c *client.Client) error { return drop(c.RequestClosure(ctx, client.NewClosure{Policy: "wecom"})) },
		"a bad limit": func(c *client.Client) error {
			return drop(c.Closures(ctx, client.ClosureFilter{}, client.Page{Limit: 999}))
		},
		"a policy's line": func(c *client.Client) error {
			return drop(c.WithToken(s.operator.Token()).ValidatePolicy(ctx, []byte("name: x\n")))
		},
	}
	for what, refusal := range refusals {
		codes := map[string]bool{}
		for _, lang := range []string{"zh-CN", "zh", "zh-TW, zh;q=0.9, en;q=0.8", "en", "en-GB", "fr", "", "fr;q=1, zh;q=0.5", "*"} {
			problem, ok := errors.AsType[*client.Problem](refusal(p.WithLanguage(lang)))
			if !ok {
				t.Fatalf("%s is no refusal", what)
			}
			codes[problem.Code] = true
			want := strings.Contains(lang, "zh")
			said := append([]string{problem.Title, problem.Detail}, details(problem)...)
			if i := slices.IndexFunc(said, func(text string) bool {
				return chinese(text) != want || text == "" || strings.Contains(text, "no value")
			}); i >= 0 {
				t.Errorf("%s, asked for %q: %q", what, lang, said[i])
			}
		}
		if len(codes) != 1 {
			t.Errorf("%s has the codes %v", what, codes)
		}
	}
}

func details(p *client.Problem) (all []string) {
	for _, f := range p.Errors {
		all = append(all, f.Detail)
	}
	return all
}

// Policies, holders and what a person is told are in both languages.
func whatPeopleReadIsInBothLanguages(t *testing.T, s *stage) {
	ctx := t.Context()
	p := s.person()
	s.works(p)
	begun := s.confirmed(p, "dingtalk")
	s.reaches(begun.Closure.ID, client.Closed)
	for _, lang := range []string{"zh-CN", "en"} {
		operator := s.operator.WithLanguage(lang)
		said := map[string]string{}
		for _, name := range []string{"dingtalk", "wecom"} {
			policy, err := operator.Policy(ctx, name)
			s.Must(err)
			said[name+"'s title"], said[name+"'s summary"], said[name+"'s explanation"] = policy.Policy.Title, policy.Summary, policy.Explanation
			conditions, err := operator.ClosureConditions(ctx, name)
			s.Must(err)
			said[name+"'s warning"], said[name+"'s condition"] = conditions.Warning, conditions.Conditions[0].Text
		}
		holders, err := operator.Holders(ctx)
		s.Must(err)
		said["the CRM"] = holders[0].Title
		check, err := operator.CheckHolder(ctx, "crm")
		s.Must(err)
		if !check.OK || len(holders) != 2 || len(holders[0].Items) != 8 || holders[0].Items[7].Period != "P10Y" {
			t.Errorf("holders: %+v, checked %+v", holders, check)
		}
		closure, err := operator.Closure(ctx, begun.Closure.ID)
		s.Must(err)
		status, err := s.with("").WithLanguage(lang).ClosureStatus(ctx, begun.StatusToken)
		s.Must(err)
		said["the closure's message"], said["the link's title"], said["the link's message"] = closure.Message, status.Title, status.Message
		for what, text := range said {
			if chinese(text) != (lang == "zh-CN") || text == "" {
				t.Errorf("%s in %s: %q", what, lang, text)
			}
		}
	}
}
