package api

import (
	"time"

	"github.com/signoff-id/signoff/internal/org"
)

// transferView is the hand-over of a role or of offices, as both sides see it.
type transferView struct {
	ID             string     `json:"id"`
	OrganisationID string     `json:"organisation_id"`
	HolderID       string     `json:"holder_id" doc:"Who hands over."`
	SuccessorID    string     `json:"successor_id" doc:"Who is asked to take over."`
	Role           string     `json:"role,omitempty" enum:"creator,super_admin"`
	Offices        []string   `json:"offices" nullable:"false"`
	State          string     `json:"state" enum:"asked,accepted,declined,withdrawn,expired"`
	AskedAt        time.Time  `json:"asked_at"`
	ExpiresAt      time.Time  `json:"expires_at" doc:"Until when the successor may answer."`
	EndedAt        *time.Time `json:"ended_at,omitempty"`
}

func shapeTransfer(t org.Transfer) transferView {
	return transferView{ID: t.ID, OrganisationID: t.Organisation, HolderID: t.From, SuccessorID: t.To, Role: t.Role, Offices: each(t.Offices, same),
		State: string(t.State), AskedAt: t.AskedAt.UTC(), ExpiresAt: t.ExpiresAt.UTC(), EndedAt: when(t.EndedAt)}
}
