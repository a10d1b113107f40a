package delivery_test

import (
	"context"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/delivery"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/signal"
	"github.com/signoff-id/signoff/internal/texts"
)

// kept remembers the last message.
type kept struct{ delivery.Message }

func (k *kept) Deliver(_ context.Context, m delivery.Message) error { k.Message = m; return nil }

// Every kind of notice reads well in both languages, with what it is given.
func TestEveryKindHasItsWords(t *testing.T) {
	for kind, args := range map[string]map[string]string{
		signal.AccountCreated:        nil,
		signal.SessionsEndedByAdmin:  {"reason": "REASON"},
		signal.ClosureRequested:      {"link": "https://id.example.com/closure-status#soc_x", "days": "15", "sessions": "2"},
		signal.ClosureApproved:       nil,
		signal.ClosureRejected:       {"reason": "REASON"},
		signal.ClosureWithdrawn:      nil,
		signal.ClosureWithdrawnLogin: nil,
		signal.ClosureRefused:        {"conditions": "CONDITIONS"},
		signal.ClosureClosed:         {"certificate": "CERT-1"},
		signal.OneTimeCode:           {"code": "012345", "minutes": "10", "purpose": "proof"},
		signal.RoleTransferAsked:     {"organisation": "ORG", "until": "2026-03-09", "what": "WHAT"},
		signal.RoleTransferAccepted:  {"organisation": "ORG", "what": "WHAT"},
		signal.RoleTransferDeclined:  {"organisation": "ORG", "what": "WHAT"},
		signal.RoleTransferExpired:   {"organisation": "ORG", "until": "2026-03-09", "what": "WHAT"},
	} {
		for _, lang := range texts.Languages() {
			var got kept
			s := sender(t, &got)
			if err := s.Send(t.Context(), delivery.Notice{ID: "1", Kind: kind, Locale: lang, Address: address, Args: args}); err != nil {
				t.Fatal(err)
			}
			if got.Subject == "" || strings.ContainsAny(got.Subject, "\r\n") {
				t.Errorf("%s %s: subject %q", lang, kind, got.Subject)
			}
			for name, value := range args {
				if name != "sessions" && name != "purpose" && !strings.Contains(got.Text, value) {
					t.Errorf("%s %s: the text leaves out %s: %s", lang, kind, name, got.Text)
				}
			}
			if strings.Contains(got.Text, "<no value>") || strings.Contains(got.Text, "{{") || strings.Contains(got.Text, "\n\n\n") {
				t.Errorf("%s %s: %s", lang, kind, got.Text)
			}
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
