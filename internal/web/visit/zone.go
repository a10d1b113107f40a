package visit

import (
	"net/url"
	"sync"
	"time"
	_ "time/tzdata" // the zones are inside the program: a small machine has none
)

// zones keeps what was looked up: the names that exist are few.
var zones sync.Map

// zoneOf gives the time zone that the browser tells by a cookie, or the other.
func zoneOf(cookie string, other *time.Location) *time.Location {
	name, err := url.QueryUnescape(cookie)
	if err != nil || name == "" || name == "Local" || len(name) > 64 {
		return other
	}
	if z, ok := zones.Load(name); ok {
		return z.(*time.Location)
	}
	z, err := time.LoadLocation(name)
	if err != nil {
		return other
	}
	zones.Store(name, z)
	return z
}
