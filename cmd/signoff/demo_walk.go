package main

import (
	"context"
	"io"
	"log/slog"
	"os"

	"github.com/signoff-id/signoff/internal/demo"
)

// demoWalkCmd walks through two closures in a folder that is gone afterwards,
// and fails when anything is not as it should be.
type demoWalkCmd struct {
	Keep string `type:"path" placeholder:"DIR"`
}

func (c demoWalkCmd) Run(ctx context.Context, e *env) error {
	dir := c.Keep
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "signoff-demo-"); err != nil {
			return err
		}
		defer os.RemoveAll(dir)
	}
	w := world(slog.New(slog.NewTextHandler(io.Discard, nil)))
	return (&demo.Walk{Dir: dir, World: w, Texts: e.texts, Lang: e.lang, Out: e.out, Align: align}).Run(ctx)
}
