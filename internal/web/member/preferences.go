package member

import (
	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// language keeps the language that the pages of this browser are read in.
func (p *Pages) language(v *visit.Visit) error {
	if lang := v.Value("language"); language.Known(lang) {
		v.SetLanguage(lang)
	}
	return v.Go(visit.Next(v.Value("back"), "/"))
}

// theme keeps whether the pages of this browser are light or dark.
func (p *Pages) theme(v *visit.Visit) error {
	v.SetTheme(v.Value("theme"))
	return v.Go(visit.Next(v.Value("back"), "/"))
}
