package main

import (
	"context"
	"fmt"

	"github.com/signoff-id/signoff/internal/demo"
	"github.com/signoff-id/signoff/internal/telemetry"
)

// demoServeCmd serves a demo company, made on the first start and reused on the
// next ones.
type demoServeCmd struct {
	Listen      string `default:"127.0.0.1:8080" placeholder:"ADDRESS"`
	Dir         string `default:"demo-data" type:"path" placeholder:"DIR"`
	AddressFile string `type:"path" placeholder:"FILE"`
}

func (c demoServeCmd) Run(ctx context.Context, e *env) error {
	log, err := telemetry.NewLogger(e.err, "warn", "text")
	if err != nil {
		return err
	}
	w := world(log)
	d, err := demo.Open(ctx, c.Dir, c.Listen, w)
	if err != nil {
		return err
	}
	return e.serve(ctx, d.Config, w, c.AddressFile, func(url string) {
		fmt.Fprint(e.out, e.guide(d, url))
	})
}
