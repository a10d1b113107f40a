package app_test

import (
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/session"
)

// What a device says of itself has bounds, and each that is broken is named.
func TestADeviceSaysWhatItMay(t *testing.T) {
	w := apptest.New(t, "sqlite")
	_, name := w.Person()
	long := func(n int) string { return strings.Repeat("长", n) }
	for what, c := range map[string]struct {
		device session.Device
		wrong  []string
	}{
		"all at its longest": {session.Device{Kind: session.Phone, Name: long(100), System: long(100), Client: long(100), Key: long(200)}, nil},
		"no kind":            {session.Device{}, []string{"device.kind"}},
		"an unknown kind":    {session.Device{Kind: "toaster"}, []string{"device.kind"}},
		"all too long": {session.Device{Kind: session.Phone, Name: long(101), System: long(101), Client: long(101), Key: long(201)},
			[]string{"device.name", "device.system", "device.client", "device.key"}},
	} {
		_, err := w.App.Access.SignIn(t.Context(), access.Attempt{Name: name, Password: apptest.Password, Device: c.device, App: "test"})
		if len(c.wrong) == 0 {
			if err != nil {
				t.Errorf("%s: %v", what, err)
			}
			continue
		}
		var places []string
		for _, f := range fault.Of(err).Fields {
			places = append(places, f.Path)
		}
		if !fault.Is(err, "validation_failed") || strings.Join(places, " ") != strings.Join(c.wrong, " ") {
			t.Errorf("%s: %v at %q", what, err, places)
		}
	}
}
