package workday

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:embed data/*.yaml
var data embed.FS

// Shipped gives the calendar that comes with the program: China, 2025 and 2026.
// An error means that the program was built with a broken file.
func Shipped() (*Calendar, error) {
	names, err := fs.Glob(data, "data/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list the shipped calendars: %w", err)
	}
	c := &Calendar{}
	for _, name := range names {
		src, err := data.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read a shipped calendar: %w", err)
		}
		year, err := ParseYear(src)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		c = c.With(year)
	}
	return c, nil
}
