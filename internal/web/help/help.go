// Package help holds the help centre. It has guides step by step, and answers
// to the usual questions. It is open to everybody, for those who cannot get in
// need it most.
package help

import (
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// Pages are the pages; they stand on nothing.
type Pages struct{}

// Mount adds the pages.
func (p *Pages) Mount(d *visit.Desk) {
	d.Get("/help", visit.Anybody(), p.index)
	d.Get("/help/{guide}", visit.Anybody(), p.guide)
}

// guide is one of the guides: its steps are texts, in order.
type guide struct {
	name  string
	icon  string
	title string // the key of its title
	intro string // the key of what it is for
	steps []step
	way   string // where it is done
}

// step is one step of a guide. What it looks like is a picture that the browser
// tests take of the real page, in each language and on each screen; a step that
// is only said has none.
type step struct {
	text    string // its key
	picture string
}

// guides are all of them, in the order in which people need them.
var guides = []guide{
	{name: "sign-out", icon: "logout", title: "page.help.sign_out.title", intro: "page.help.sign_out.intro", way: "/sign-out", steps: []step{
		{text: "page.help.sign_out.menu", picture: "sign-out-menu"},
		{text: "page.help.sign_out.phone"},
		{text: "page.help.sign_out.reach", picture: "sign-out-ask"},
		{text: "page.help.sign_out.work", picture: "sign-out-work"},
		{text: "page.help.sign_out.done", picture: "sign-out-done"},
	}},
	{name: "switch", icon: "switch-horizontal", title: "page.help.switch.title", intro: "page.help.switch.intro", way: "/accounts", steps: []step{
		{text: "page.help.switch.menu", picture: "switch-list"},
		{text: "page.help.switch.add", picture: "switch-add"},
		{text: "page.help.switch.choose", picture: "switch-ask"},
		{text: "page.help.switch.remove", picture: "switch-remove"},
	}},
	{name: "lost-device", icon: "devices", title: "page.help.lost.title", intro: "page.help.lost.intro", way: "/settings/sessions", steps: []step{
		{text: "page.help.lost.sessions"},
		{text: "page.help.lost.end"},
		{text: "page.help.lost.password"},
		{text: "page.help.lost.admin"},
	}},
	{name: "close-account", icon: "user-x", title: "page.help.close.title", intro: "page.help.close.intro", way: "/close-account", steps: []step{
		{text: "page.help.close.way", picture: "close-way"},
		{text: "page.help.close.read", picture: "close-know"},
		{text: "page.help.close.conditions", picture: "close-conditions"},
		{text: "page.help.close.proof", picture: "close-confirm"},
		{text: "page.help.close.status", picture: "close-days-review"},
		{text: "page.help.close.end", picture: "close-certificate"},
	}},
	{name: "close-at-once", icon: "user-minus", title: "page.help.at_once.title", intro: "page.help.at_once.intro", way: "/close-account", steps: []step{
		{text: "page.help.at_once.conditions", picture: "close-conditions"},
		{text: "page.help.at_once.confirm", picture: "close-confirm"},
		{text: "page.help.at_once.erased", picture: "close-once-erasing"},
	}},
	{name: "close-in-days", icon: "hourglass", title: "page.help.days.title", intro: "page.help.days.intro", way: "/close-account", steps: []step{
		{text: "page.help.days.apply", picture: "close-days-apply"},
		{text: "page.help.days.review", picture: "close-days-review"},
		{text: "page.help.days.cooling", picture: "close-days-cooling"},
		{text: "page.help.days.withdraw", picture: "close-days-withdraw"},
		{text: "page.help.days.erased", picture: "close-days-erased"},
	}},
}

// questions are what people usually ask.
var questions = []struct{ ask, answer string }{
	{"page.help.ask.no_sign_out", "page.help.answer.no_sign_out"},
	{"page.help.ask.lose", "page.help.answer.lose"},
	{"page.help.ask.back", "page.help.answer.back"},
	{"page.help.ask.long", "page.help.answer.long"},
	{"page.help.ask.cost", "page.help.answer.cost"},
	{"page.help.ask.refused", "page.help.answer.refused"},
	{"page.help.ask.kept", "page.help.answer.kept"},
	{"page.help.ask.proof", "page.help.answer.proof"},
	{"page.help.ask.cannot_enter", "page.help.answer.cannot_enter"},
	{"page.help.ask.work", "page.help.answer.work"},
}

func (p *Pages) index(v *visit.Visit) error {
	page, err := v.Page(v.T("page.help"))
	if err != nil {
		return err
	}
	return v.Show(framed(page, indexPage(page)))
}

func (p *Pages) guide(v *visit.Visit) error {
	for _, g := range guides {
		if g.name == v.Part("guide") {
			page, err := v.Page(v.T(g.title))
			if err != nil {
				return err
			}
			return v.Show(framed(page, guidePage(page, g)))
		}
	}
	return fault.New(fault.NotFound, "not_found")
}
