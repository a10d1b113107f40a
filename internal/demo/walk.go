package demo

import (
	"context"
	"io"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/texts"
)

// Walk is a stub.
type Walk struct {
	Dir   string
	World app.World
	Texts *texts.Catalogue
	Lang  string
	Out   io.Writer
}

// Run runs.
func (w *Walk) Run(ctx context.Context) error { return nil }
