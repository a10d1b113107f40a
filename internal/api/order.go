package api

import (
	"net/http"
	"time"

	"github.com/signoff-id/signoff/internal/session"
)

// waitingOrder is a sign-out by order that waits, or waited, for a second person.
type waitingOrder struct {
	ID             string     `json:"id"`
	Scope          string     `json:"scope" enum:"session,device,account,department,organisation"`
	OrganisationID string     `json:"organisation_id,omitempty"`
	Target         string     `json:"target,omitempty"`
	AccountID      string     `json:"account_id,omitempty" doc:"Whose sessions they are, where they are one person's."`
	Reason         string     `json:"reason"`
	OrderedBy      string     `json:"ordered_by" doc:"The account that gave the order; cli for the command line."`
	OrderedAt      time.Time  `json:"ordered_at"`
	ExpiresAt      time.Time  `json:"expires_at" doc:"When it lapses if nobody decides."`
	State          string     `json:"state" enum:"waiting,approved,refused,expired"`
	DecidedBy      string     `json:"decided_by,omitempty"`
	DecidedAt      *time.Time `json:"decided_at,omitempty"`
	WouldEnd       *affected  `json:"would_end,omitempty" doc:"What it would end now; only of one that waits, asked for by its id."`
	Ended          *int       `json:"ended,omitempty" doc:"In the answer to an approval: how many sessions ended. Missing for an organisation, where nobody is counted."`
}

func shapeOrder(w session.Waiting) waitingOrder {
	return waitingOrder{ID: w.ID, Scope: string(w.Order.Scope), OrganisationID: w.Order.Organisation, Target: w.Order.Target, AccountID: w.Account,
		Reason: w.Order.Reason, OrderedBy: w.By.ID, OrderedAt: w.OrderedAt.UTC(), ExpiresAt: w.ExpiresAt.UTC(), State: w.State,
		DecidedBy: w.DecidedBy, DecidedAt: when(w.DecidedAt)}
}

// orderDecisions are the ways in which a decision on an order fails.
func orderDecisions() map[int][]string {
	return map[int][]string{http.StatusNotFound: {"sign_out_order_not_found", "session_not_found", "device_not_found", "account_not_found", "department_not_found"},
		http.StatusForbidden: {"sign_out_order_own", "owner_required"},
		http.StatusConflict:  {"sign_out_order_decided", "sign_out_order_lapsed"}}
}
