package visit

import (
	"strings"

	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/ui"
)

// DeviceName is what a person knows a device by.
func DeviceName(p *ui.Page, d session.Device) string {
	if d.Name != "" {
		return d.Name
	}
	if known := facts(d); len(known) > 0 {
		return strings.Join(known, " · ")
	}
	return p.T("page.device." + kindOf(d))
}

// DeviceMore is what its name does not tell.
func DeviceMore(p *ui.Page, d session.Device) string {
	out := []string{p.T("page.device." + kindOf(d))}
	if d.Name != "" {
		out = append(out, facts(d)...)
	}
	return strings.Join(out, " · ")
}

func facts(d session.Device) (known []string) {
	for _, part := range []string{d.System, d.Client} {
		if part != "" {
			known = append(known, part)
		}
	}
	return known
}

func kindOf(d session.Device) string {
	if d.Kind == session.Phone || d.Kind == session.Tablet {
		return d.Kind
	}
	return session.Desktop
}

// Seat is a device with a person's sessions on it, the newest first.
type Seat struct {
	Device   session.Device
	Here     bool // the page is looked at on it
	Sessions []session.Session
}

// Seats puts sessions under their devices: the device in hand first, which may be
// "", then by the newest session.
func Seats(all []session.Session, here string) (devices []Seat) {
	at := map[string]int{}
	for _, s := range all {
		i, ok := at[s.Device.ID]
		if !ok {
			i = len(devices)
			at[s.Device.ID] = i
			devices = append(devices, Seat{Device: s.Device, Here: s.Device.ID == here})
		}
		devices[i].Sessions = append(devices[i].Sessions, s)
	}
	for i := range devices {
		if devices[i].Here {
			own := devices[i]
			copy(devices[1:i+1], devices[:i])
			devices[0] = own
			break
		}
	}
	return devices
}
