package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
)

type calendarUploadCmd struct {
	File string `arg:"" placeholder:"FILE"`
}

func (c calendarUploadCmd) Run(ctx context.Context, e *env) error {
	source, err := e.readFile(c.File)
	if err != nil {
		return err
	}
	return e.open(ctx, func(a *app.App) error {
		y, err := a.Closures.UploadYear(ctx, actor(), source)
		if err != nil {
			return err
		}
		return e.done(viewYear(y), "calendar_uploaded", "country", y.Country, "year", y.Year)
	})
}
