package workday

import (
	"time"

	"github.com/signoff-id/signoff/internal/fault"
)

// Countries lists the countries whose rules are known: their zone and their
// weekend. Years can be added for these only.
func Countries() []string { return []string{"cn"} }

// zoneOf gives the zone in which a country's days begin.
//
// China: one zone for the whole country, UTC+8. A fixed offset, not
// Asia/Shanghai, so that a deadline does not depend on a time zone database
// being installed; they differ before 1992 only, when summer time was tried.
func zoneOf(country string) (*time.Location, error) {
	if country == "cn" {
		return time.FixedZone("UTC+8", 8*60*60), nil
	}
	return nil, fault.New(fault.Invalid, "calendar_country_unknown", "country", country)
}
