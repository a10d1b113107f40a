package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/report"
)

// reportCmd counts what has happened, by day, in the whole installation or in an
// organisation.
type reportCmd struct {
	Organisation string `placeholder:"ID"`
	From         string `placeholder:"DAY"`
	To           string `placeholder:"DAY"`
	Days         int    `default:"30"`
	Out          string `placeholder:"FILE"`
}

type tallyView struct {
	Day    string `json:"day"`
	Figure string `json:"figure"`
	Detail string `json:"detail"`
	Count  int64  `json:"count"`
}

func (c reportCmd) Run(ctx context.Context, e *env) error {
	write, err := writerFor(c.Out)
	if err != nil {
		return err
	}
	return e.open(ctx, func(a *app.App) error {
		r, err := c.read(ctx, a)
		if err != nil {
			return err
		}
		if write != nil {
			return c.save(e, r, write)
		}
		v := views(r.Tallies, func(t report.Tally) tallyView { return tallyView{t.Day, string(t.Figure), t.Detail, t.N} })
		return e.show(v, func(p *page) {
			p.table([]string{"day", "figure", "detail", "count"}, views(r.Tallies, func(t report.Tally) []string {
				return []string{t.Day, e.counted("figure." + string(t.Figure)), e.detail(t.Figure, t.Detail), strconv.FormatInt(t.N, 10)}
			}))
		})
	})
}

// read counts what a running server has not counted yet, and gives the report.
func (c reportCmd) read(ctx context.Context, a *app.App) (r report.Report, err error) {
	if c.Organisation != "" {
		if _, err := a.Orgs.Get(ctx, c.Organisation); err != nil {
			return r, err
		}
	}
	if _, err := a.Audit.Sequence(ctx); err != nil {
		return r, err
	}
	for {
		n, err := a.Reports.Fold(ctx)
		if err != nil {
			return r, err
		}
		if n == 0 {
			break
		}
	}
	period := a.Reports.Latest(min(max(c.Days, 1), report.MaxDays))
	if c.From != "" || c.To != "" {
		if period, err = report.ParsePeriod(c.From, c.To); err != nil {
			return r, err
		}
	}
	return a.Reports.Of(ctx, c.Organisation, period)
}

func (c reportCmd) save(e *env, r report.Report, write func(report.Sheet, io.Writer) error) error {
	sheet := r.Sheet("Signoff", e.counted("day"), func(col report.Column) string {
		if col.Detail == "" {
			return e.counted("figure." + string(col.Figure))
		}
		return e.counted("figure."+string(col.Figure)) + e.counted("of") + e.detail(col.Figure, col.Detail)
	})
	f, err := os.Create(c.Out)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := write(sheet, f); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return e.done(map[string]string{"file": c.Out}, "report_saved", "file", c.Out)
}

// writerFor chooses the form of a file by how its name ends; none for no file.
func writerFor(file string) (func(report.Sheet, io.Writer) error, error) {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".csv":
		return report.Sheet.WriteCSV, nil
	case ".xlsx":
		return report.Sheet.WriteXLSX, nil
	}
	if file != "" {
		return nil, fault.Wrong().At("out", "report_file_unknown")
	}
	return nil, nil
}

// counted says something in the words that pages and files use, too.
func (e *env) counted(key string) string { return e.texts.Text(e.lang, "report."+key, nil) }

// detail names a detail; one that this version does not know keeps its code.
func (e *env) detail(f report.Figure, detail string) string {
	key := string(f) + "." + detail
	if !e.texts.Has(e.lang, "report."+key) {
		return detail
	}
	return e.counted(key)
}
