package app_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/report"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/signal"
	"github.com/signoff-id/signoff/internal/texts"
)

func asTexts[S ~string](all ...S) (out []string) {
	for _, s := range all {
		out = append(out, string(s))
	}
	return out
}

func kindsOfNotices() (kinds []string) {
	for _, r := range signal.Rules() {
		kinds = append(kinds, r.Kind)
	}
	return kinds
}

// Texts whose keys are made of the words of a list: one for every word, in every
// language, and none for a word that there is not.
func TestEveryWordOfAListHasItsText(t *testing.T) {
	catalogue, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	for prefix, words := range map[string][]string{
		"page.role.":              org.Roles(),
		"page.office.":            org.Offices(),
		"page.account.role.":      identity.Roles(),
		"page.account.role_text.": identity.Roles(),
		"page.account_state.":     asTexts(identity.States()...),
		"page.identifier.":        identity.Kinds(),
		"page.locale.":            language.All(),
		"page.people.kind.":       session.DeviceKinds(),
		"page.notice_kind.":       kindsOfNotices(),
		"report.figure.":          asTexts(report.Figures()...),
		"report.sign_ins.":        session.DeviceKinds(),
		"report.sessions_ended.":  asTexts(session.Causes()...),
		"report.mass_sign_outs.":  asTexts(session.ByAdmin),
		"report.closures.":        report.Happenings(),
	} {
		want := slices.Sorted(slices.Values(words))
		for _, lang := range language.All() {
			var got []string
			for _, key := range catalogue.Keys(lang, prefix) {
				got = append(got, strings.TrimPrefix(key, prefix))
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s: the texts of %s* are for %v, the list says %v", lang, prefix, got, want)
			}
		}
	}
	for _, word := range slices.Concat(identity.Roles(), org.Roles(), org.Offices(), org.AttestationKinds(), identity.Kinds(), session.DeviceKinds(), kindsOfNotices()) {
		for _, lang := range language.All() {
			if !catalogue.Has(lang, "cli.word."+word) {
				t.Errorf("%s: commands have no text for %s: add cli.word.%s", lang, word, word)
			}
		}
	}
}

// A role that conditions do not know would make every closure of somebody who
// has it an internal error.
func TestConditionsKnowEveryWord(t *testing.T) {
	known := map[string][]string{}
	for _, d := range policy.FactDocs() {
		known[d.Name] = d.Values
	}
	for fact, words := range map[string][]string{
		"organisations[].role": org.Roles(), "organisations[].offices": org.Offices(),
		"organisations[].certification": org.Certifications(), "attestations": org.AttestationKinds(),
	} {
		if !slices.Equal(known[fact], words) {
			t.Errorf("policies know %v as %s, accounts have %v: change policy/facts.go", known[fact], fact, words)
		}
	}
}
