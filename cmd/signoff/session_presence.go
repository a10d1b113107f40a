package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/session"
)

// sessionPresenceCmd lists who is online in an organisation or department.
type sessionPresenceCmd struct {
	Organisation string `arg:""`
	Department   string `placeholder:"ID"`
	Count        bool
	part
}

type onlineView struct {
	Account    string         `json:"account_id"`
	Department string         `json:"department_id,omitempty"`
	Role       string         `json:"role"`
	Devices    map[string]int `json:"devices"`
	ActiveAt   time.Time      `json:"active_at"`
}

func viewOnline(o session.Online) onlineView {
	return onlineView{Account: o.Account, Department: o.Department, Role: o.Role, Devices: o.Devices, ActiveAt: o.ActiveAt}
}

type crowdView struct {
	People  int                      `json:"people"`
	Devices map[string]session.Count `json:"devices"`
	More    bool                     `json:"more"`
}

func (c sessionPresenceCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		if c.Count {
			return c.count(ctx, e, a)
		}
		all, err := c.online(ctx, a)
		if err != nil {
			return err
		}
		v := views(all, viewOnline)
		return e.show(v, func(p *page) {
			p.table([]string{"account", "role", "devices", "active_at"}, views(v, func(o onlineView) []string {
				return []string{o.Account, e.word(o.Role), e.devices(o.Devices), when(o.ActiveAt)}
			}))
		})
	})
}

// online goes on over short pages, as far as the limit.
func (c sessionPresenceCmd) online(ctx context.Context, a *app.App) (all []session.Online, err error) {
	after := c.After
	for len(all) < c.Limit {
		page, next, err := a.Sessions.Presence(ctx, actor(), c.Organisation, c.Department, after, c.Limit-len(all))
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		if after = next; after == "" {
			break
		}
	}
	return all, nil
}

func (c sessionPresenceCmd) count(ctx context.Context, e *env, a *app.App) error {
	n, err := a.Sessions.CountOnline(ctx, actor(), c.Organisation, c.Department)
	if err != nil {
		return err
	}
	devices := map[string]int{}
	for kind, of := range n.Devices {
		devices[kind] = of.Sessions
	}
	done := "online"
	if n.More {
		done = "online_and_more"
	}
	return e.done(crowdView{People: n.People, Devices: n.Devices, More: n.More}, done, "count", n.People, "devices", e.devices(devices))
}

// devices writes counts by kind of device.
func (e *env) devices(counts map[string]int) string {
	var all []string
	for _, kind := range session.DeviceKinds() {
		if counts[kind] > 0 {
			all = append(all, fmt.Sprintf("%s %d", e.word(kind), counts[kind]))
		}
	}
	return strings.Join(all, ", ")
}
