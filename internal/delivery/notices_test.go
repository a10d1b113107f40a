package delivery_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/delivery"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/signal"
)

// kept remembers the last message.
type kept struct{ delivery.Message }

func (k *kept) Deliver(_ context.Context, m delivery.Message) error { k.Message = m; return nil }

// Every kind of notice reads well in both languages, with what it is given: as
// mail, as a text message and in the inbox.
func TestEveryKindHasItsWords(t *testing.T) {
	var got kept
	s := sender(t, &got)
	s.SMS = &got
	for _, rule := range signal.Rules() {
		if missing := rule.Missing(said); len(missing) > 0 {
			t.Errorf("%s: say in said what %v could be", rule.Kind, missing)
		}
		given := maps.Clone(said)
		maps.DeleteFunc(given, func(name, _ string) bool { return !slices.Contains(rule.Args, name) })
		for _, lang := range language.All() {
			for _, channel := range []string{signal.Mail, signal.SMS} {
				n := delivery.Notice{ID: "1", Kind: rule.Kind, Locale: lang, Channel: channel, Address: address, Args: given}
				if err := s.Send(t.Context(), n); err != nil {
					t.Fatal(err)
				}
				if strings.ContainsAny(got.Subject, "\r\n") || (got.Subject == "") != (channel == signal.SMS) {
					t.Errorf("%s %s: subject %q", lang, rule.Kind, got.Subject)
				}
				readsWell(t, lang, rule.Kind, got.Text)
				if channel == signal.SMS && strings.Contains(got.Text, "\n") {
					t.Errorf("%s %s: a text message of several lines: %s", lang, rule.Kind, got.Text)
				}
			}
			if own := s.Texts.Has(lang, "notice."+rule.Kind+".sms"); !own && !rule.MailOnly {
				t.Errorf("%s %s: no words for a text message", lang, rule.Kind)
			}
			kept := maps.Clone(given)
			for _, name := range rule.Secrets {
				delete(kept, name)
			}
			title, text := s.Texts.InboxNotice(lang, rule.Kind, kept)
			readsWell(t, lang, rule.Kind, title+"\n"+text)
		}
	}
}

func readsWell(t *testing.T, lang, kind, text string) {
	t.Helper()
	if text == "" || strings.Contains(text, "<no value>") || strings.Contains(text, "{{") || strings.Contains(text, "\n\n\n") {
		t.Errorf("%s %s (its words may use the Args of its rule in signal/kinds.go): %s", lang, kind, text)
	}
}

// What is said of a notice is about a kind that exists, with rules of its own.
func TestEveryTextBelongsToAKind(t *testing.T) {
	for _, key := range sender(t, nil).Texts.Keys(language.English, "notice.") {
		kind, part, found := strings.Cut(strings.TrimPrefix(key, "notice."), ".")
		if !found {
			continue // the footer
		}
		if _, known := signal.RuleOf(kind); !known || !slices.Contains([]string{"subject", "body", "sms", "inbox"}, part) {
			t.Errorf("%s: signal.Rules knows no such kind, or it has no such part", key)
		}
	}
}

func TestCoolingOffInWords(t *testing.T) {
	for days, want := range map[string][2]string{
		"0":  {"There is no cooling-off period", "没有冷静期"},
		"1":  {"period of 1 day is over", "在 1 天的冷静期"},
		"15": {"period of 15 days is over", "在 15 天的冷静期"},
	} {
		for i, lang := range []string{"en", "zh-CN"} {
			var got kept
			n := delivery.Notice{ID: "1", Kind: signal.ClosureRequested, Locale: lang, Address: address, Args: map[string]string{"days": days, "link": "L"}}
			if err := sender(t, &got).Send(t.Context(), n); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(got.Text, want[i]) {
				t.Errorf("%s days in %s: %s", days, lang, got.Text)
			}
		}
	}
}

func TestSubjectStaysOnItsLine(t *testing.T) {
	var got kept
	n := rejected("en")
	n.Args = map[string]string{"reason": "x\r\nBcc: everybody@example.com"}
	if err := sender(t, &got).Send(t.Context(), n); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(got.Subject, "\r\n") {
		t.Errorf("subject %q", got.Subject)
	}
}

func TestUnknownKindIsOurFault(t *testing.T) {
	n := rejected("en")
	n.Kind = "no_such"
	if err := sender(t, &kept{}).Send(t.Context(), n); !fault.Is(err, "notice_kind_unknown") || delivery.Permanent(err) {
		t.Errorf("got %v", err)
	}
}
