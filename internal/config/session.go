package config

import (
	"strings"
	"time"
)

// The kinds of devices, as sessions know them.
const (
	desktop = "desktop"
	phone   = "phone"
	tablet  = "tablet"
)

// Idle gives how long a session may go unused, by kind of device.
func (s Session) Idle() map[string]time.Duration {
	all := map[string]time.Duration{desktop: s.IdleDesktop, phone: s.IdlePhone, tablet: s.IdleTablet}
	for kind, own := range all {
		if own == 0 {
			all[kind] = s.IdleTTL
		}
	}
	return all
}

// Limits gives how many sessions an account may have at once, by kind of device.
func (s Session) Limits() map[string]int {
	return map[string]int{desktop: s.LimitDesk, phone: s.LimitPhone, tablet: s.LimitTablet}
}

// Refuses says whether a sign-in beyond a limit is refused.
func (s Session) Refuses() bool { return s.AtLimit == "refuse" }

func (s Session) validate(check *checker) {
	for _, d := range []struct {
		path  string
		value time.Duration
	}{
		{"session.absolute_ttl", s.AbsoluteTTL}, {"session.proof_age", s.ProofAge},
		{"session.activity_lag", s.ActivityLag}, {"session.presence_window", s.Presence},
	} {
		if d.value <= 0 {
			check.fail(d.path, "config_duration")
		}
	}
	for _, d := range []struct {
		path  string
		value time.Duration
	}{
		{"session.idle_ttl", s.IdleTTL}, {"session.idle_ttl_desktop", s.IdleDesktop},
		{"session.idle_ttl_phone", s.IdlePhone}, {"session.idle_ttl_tablet", s.IdleTablet},
	} {
		if d.value < 0 {
			check.fail(d.path, "config_duration")
		}
	}
	// Somebody online must be seen more than once in a window.
	if s.ActivityLag > 0 && s.Presence < 2*s.ActivityLag {
		check.fail("session.presence_window", "config_window", "other", "session.activity_lag")
	}
	for _, n := range []struct {
		path  string
		value int
	}{{"session.limit", s.Limit}, {"session.limit_desktop", s.LimitDesk}, {"session.limit_phone", s.LimitPhone}, {"session.limit_tablet", s.LimitTablet}} {
		if n.value < 0 {
			check.fail(n.path, "config_limit")
		}
	}
	check.oneOf("session.at_limit", s.AtLimit, "end_oldest", "refuse")
}

// Scopes gives the scopes of orders that always need a second person.
func (s SignOut) Scopes() (all []string) {
	for scope := range strings.SplitSeq(s.ApprovalScopes, ",") {
		if scope = strings.TrimSpace(scope); scope != "" {
			all = append(all, scope)
		}
	}
	return all
}

func (s SignOut) validate(check *checker) {
	if s.ApprovalFrom < 0 {
		check.fail("sign_out.approval_from", "config_limit")
	}
	for _, scope := range s.Scopes() {
		check.oneOf("sign_out.approval_scopes", scope, "session", "device", "account", "department", "organisation")
	}
}
