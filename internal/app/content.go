package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/signoff-id/signoff/internal/audit"
)

// loadContent installs what ships and what the operator keeps in folders:
// policies and calendars. What is installed already stays as it is.
func (a *App) loadContent(ctx context.Context) error {
	if err := a.Closures.InstallShipped(ctx); err != nil {
		return err
	}
	err := eachYAML(a.Config.PoliciesDir, func(source []byte) error {
		_, err := a.Closures.InstallPolicy(ctx, audit.System(), source)
		return err
	})
	if err != nil {
		return err
	}
	return eachYAML(a.Config.CalendarsDir, func(source []byte) error {
		_, err := a.Closures.UploadYear(ctx, audit.System(), source)
		return err
	})
}

// eachYAML reads the YAML files of a folder in the order of their names; an
// error says which file.
func eachYAML(dir string, use func(source []byte) error) error {
	if dir == "" {
		return nil
	}
	paths, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
	if err != nil {
		return err
	}
	for _, path := range paths {
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := use(source); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}
