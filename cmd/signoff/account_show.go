package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/signoff-id/signoff/internal/app"
)

type accountShowCmd struct{ whom }

func (c accountShowCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		d, err := accountInDetail(ctx, a, c.whom)
		if err != nil {
			return err
		}
		return e.show(d, d.print)
	})
}

func accountInDetail(ctx context.Context, a *app.App, who whom) (accountDetail, error) {
	account, err := who.find(ctx, a)
	if err != nil {
		return accountDetail{}, err
	}
	d := accountDetail{accountView: viewAccount(account)}
	if d.Roles, err = a.Accounts.Grants(ctx, account.ID); err != nil {
		return d, err
	}
	if d.Roles == nil {
		d.Roles = []string{}
	}
	places, err := a.Orgs.Memberships(ctx, account.ID)
	if err != nil {
		return d, err
	}
	bindings, arrears, err := a.Accounts.Hindrances(ctx, account.ID)
	if err != nil {
		return d, err
	}
	todos, attested, err := a.Orgs.Duties(ctx, account.ID)
	d.Memberships, d.Bindings, d.Arrears = views(places, viewMember), views(bindings, viewBinding), views(arrears, viewArrear)
	d.Todos, d.Attestations = views(todos, viewTodo), views(attested, viewAttestation)
	return d, err
}

func (d accountDetail) print(p *page) {
	e := p.e
	p.pairs(pair{"id", d.ID}, pair{"state", e.word(string(d.State))}, pair{"name", d.Name}, pair{"locale", d.Locale},
		pair{"identifiers", names(d.Identifiers)}, pair{"roles", e.words(d.Roles)},
		pair{"stolen", e.yes(d.Stolen)}, pair{"banned", e.yes(d.Banned)},
		pair{"created_at", when(d.CreatedAt)}, pair{"closed_at", whenPerhaps(d.ClosedAt)})
	section(p, "memberships", []string{"organisation", "role", "offices"}, d.Memberships, func(m memberView) []string {
		return []string{m.Organisation, e.word(m.Role), e.words(m.Offices)}
	})
	section(p, "bindings", []string{"id", "service", "reference"}, d.Bindings, func(b bindingView) []string {
		return []string{b.ID, b.Service, b.Reference}
	})
	section(p, "arrears", []string{"id", "amount", "reference"}, d.Arrears, func(x arrearView) []string {
		return []string{x.ID, money(x.Amount, x.Currency), x.Reference}
	})
	section(p, "todos", []string{"id", "kind", "title"}, d.Todos, func(x todoView) []string {
		return []string{x.ID, e.word(x.Kind), x.Title}
	})
	section(p, "attestations", []string{"kind", "organisation", "evidence", "at"}, d.Attestations, func(x attestationView) []string {
		return []string{e.word(x.Kind), x.Organisation, x.Evidence, when(x.AttestedAt)}
	})
}

// section prints a table under a heading, or nothing for an empty list.
func section[V any](p *page, heading string, columns []string, all []V, row func(V) []string) {
	if len(all) == 0 {
		return
	}
	p.heading(heading)
	p.table(columns, views(all, row))
}

// money writes an amount in minor units; all currencies are taken to have two
// decimals but the few of ISO 4217 that have none.
func money(minor int64, currency string) string {
	whole := strings.Fields("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF")
	if slices.Contains(whole, currency) {
		return strconv.FormatInt(minor, 10) + " " + currency
	}
	return fmt.Sprintf("%d.%02d %s", minor/100, minor%100, currency)
}
