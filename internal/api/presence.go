package api

import (
	"time"

	"github.com/signoff-id/signoff/internal/session"
)

// onlinePerson is somebody who is online.
type onlinePerson struct {
	AccountID    string         `json:"account_id"`
	DepartmentID string         `json:"department_id,omitempty"`
	Role         string         `json:"role" enum:"creator,super_admin,admin,member"`
	Devices      map[string]int `json:"devices" doc:"Sessions by kind of device."`
	ActiveAt     time.Time      `json:"active_at" doc:"When the person was last seen; half a minute late."`
}

func shapeOnline(o session.Online) onlinePerson {
	return onlinePerson{AccountID: o.Account, DepartmentID: o.Department, Role: o.Role, Devices: o.Devices, ActiveAt: o.ActiveAt.UTC()}
}

// InPresence chooses among whom somebody is looked for.
type InPresence struct {
	InOrganisation
	Department string `query:"department_id" maxLength:"64" doc:"Only this department and all below it."`
}
