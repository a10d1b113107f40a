package session

import "github.com/signoff-id/signoff/internal/audit"

// Cause says why sessions ended. Every cause goes through End: one mechanism,
// one event, one audit entry.
type Cause string

// The causes.
const (
	BySelf         Cause = "signed_out"
	ByAdmin        Cause = "ended_by_admin"
	ByClosure      Cause = "closure"
	ByPassword     Cause = "password_changed"
	ByFactor       Cause = "factor_changed"
	ByPause        Cause = "account_paused"
	ByStolen       Cause = "account_stolen"
	ByBan          Cause = "account_banned"
	ByRemoval      Cause = "member_removed"
	ByExpiry       Cause = "expired"
	ByIdling       Cause = "idle"
	ByLimit        Cause = "session_limit"
	ByOrganisation Cause = "organisation_ended"
)

// Causes lists all of them.
func Causes() []Cause {
	return []Cause{BySelf, ByAdmin, ByClosure, ByPassword, ByFactor, ByPause, ByStolen, ByBan, ByRemoval, ByExpiry, ByIdling, ByLimit, ByOrganisation}
}

// initiator says who set an ending going, in the words of CAEP's
// initiating_entity (OpenID CAEP 1.0, section 2).
func initiator(by audit.Actor, c Cause) string {
	switch {
	case c == ByExpiry || c == ByIdling || c == ByLimit:
		return "policy"
	case by.Kind == audit.KindMember:
		return "user"
	case by.Kind == audit.KindOperator || by.Kind == audit.KindAdmin || by.Kind == audit.KindReviewer:
		return "admin"
	default:
		return "system"
	}
}
