package operate

import (
	"unicode/utf8"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// bindingAdd records that an outside service is bound to an account.
func (p *Pages) bindingAdd(v *visit.Visit, account string) error {
	reference := v.Value("reference")
	if utf8.RuneCountInString(reference) > mostReference {
		return fault.Wrong().At("reference", "text_too_long", "max", mostReference)
	}
	_, err := p.Accounts.Bind(v.Context(), v.AsOperator(), account, v.Value("service"), reference)
	return err
}
