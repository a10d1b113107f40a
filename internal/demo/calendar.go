package demo

import (
	"context"
	"fmt"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/audit"
)

// addYears gives the demo a calendar for the years that are not decreed yet or
// not shipped, because its clock moves on. It is plainly marked as made up; a
// real installation refuses to count in such a year.
func addYears(ctx context.Context, a *app.App) error {
	known, err := a.Closures.Years(ctx, "cn")
	if err != nil {
		return err
	}
	have := map[int]bool{}
	for _, y := range known {
		have[y.Year] = true
	}
	now := a.Clock.Now().Year()
	for year := now; year <= now+2; year++ {
		if have[year] {
			continue
		}
		text := fmt.Sprintf("country: cn\nyear: %d\nsource: 仅供演示，并非公布的安排 Made up for the demo\nholidays: [%d-01-01]\n", year, year)
		if _, err := a.Closures.UploadYear(ctx, audit.System(), []byte(text)); err != nil {
			return err
		}
	}
	return nil
}
