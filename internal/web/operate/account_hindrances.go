package operate

import (
	"strconv"

	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// hindrances is what can stand in the way of an account's end.
type hindrances struct {
	someone
	bindings []identity.Binding
	arrears  []identity.Arrear
	todos    []org.Todo
}

// accountHindrances shows what is owed, bound and not done yet.
func (p *Pages) accountHindrances(v *visit.Visit, status int, form ui.Form) (err error) {
	d := hindrances{someone: someone{form: form}}
	if d.Account, err = p.someone(v); err != nil {
		return err
	}
	if d.bindings, d.arrears, err = p.Accounts.Hindrances(v.Context(), d.ID); err != nil {
		return err
	}
	if d.todos, _, err = p.Orgs.Duties(v.Context(), d.ID); err != nil {
		return err
	}
	page, err := v.Page(v.T("page.account.tab.hindrances"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, accountHindrancesPage(page, d))
}

// minor are the digits behind the point of a currency (ISO 4217), where they are
// not two.
var minor = map[string]int{"JPY": 0, "KRW": 0, "VND": 0, "BHD": 3, "KWD": 3, "JOD": 3, "OMR": 3, "TND": 3}

// money writes an amount in minor units as people read it.
func money(amount int64, currency string) string {
	digits, known := minor[currency]
	if !known {
		digits = 2
	}
	text := strconv.FormatInt(amount, 10)
	for len(text) <= digits {
		text = "0" + text
	}
	if digits > 0 {
		text = text[:len(text)-digits] + "." + text[len(text)-digits:]
	}
	return text + " " + currency
}
