package operate

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// mostReference is how many characters the other side's name for something has.
const mostReference = 500

// arrearAdd records that somebody owes money.
func (p *Pages) arrearAdd(v *visit.Visit, account string) error {
	reference := v.Value("invoice")
	if utf8.RuneCountInString(reference) > mostReference {
		return fault.Wrong().At("invoice", "text_too_long", "max", mostReference)
	}
	amount, ok := minorUnits(v.Value("amount"), strings.ToUpper(v.Value("currency")))
	if !ok {
		return fault.Wrong().At("amount", "amount_unreadable")
	}
	_, err := p.Accounts.AddArrear(v.Context(), v.AsOperator(), identity.Arrear{Account: account, Currency: v.Value("currency"), Amount: amount, Reference: reference})
	return err
}

// minorUnits reads an amount as people write it, "12.50", in the currency's minor
// units.
func minorUnits(text, currency string) (int64, bool) {
	digits, known := minor[currency]
	if !known {
		digits = 2
	}
	whole, part, _ := strings.Cut(text, ".")
	if whole == "" || len(part) > digits || strings.Trim(whole+part, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+part+strings.Repeat("0", digits-len(part)), 10, 64)
	return n, err == nil && n > 0
}
