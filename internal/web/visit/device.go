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
