package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/signoff-id/signoff/internal/addressbook"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/directory"
	"github.com/signoff-id/signoff/internal/fault"
)

// accountImportCmd brings the people of a file in, all or none.
type accountImportCmd struct {
	File             string            `arg:"" placeholder:"FILE"`
	Format           string            `enum:",${formats}" default:"" placeholder:"FORMAT"`
	Organisation     string            `placeholder:"ID"`
	Column           map[string]string `placeholder:"HEADING=FIELD" mapsep:"none"`
	Sheet            string            `placeholder:"NAME"`
	Separator        string            `placeholder:"TEXT"`
	UnverifiedEmails bool
	DryRun           bool
	SkipRefused      bool
	Invite           bool
	Verified         bool
}

func (c accountImportCmd) Run(ctx context.Context, e *env) error {
	dir, err := os.MkdirTemp("", "signoff-import-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path, err := e.fileAt(c.File, dir)
	if err != nil {
		return err
	}
	digest, err := addressbook.Digest(path)
	if err != nil {
		return unreadable(c.File, err)
	}
	book, err := addressbook.Open(path, addressbook.Options{Format: c.Format, Columns: c.Column, Sheet: c.Sheet, Separator: c.Separator,
		UnverifiedEmail: c.UnverifiedEmails, Dir: dir})
	if err != nil {
		return err
	}
	return e.open(ctx, func(a *app.App) error {
		bar := e.progress("progress.import", -1)
		report, err := a.Directory.Import(ctx, actor(), book, directory.Options{Organisation: c.Organisation,
			DryRun: c.DryRun, SkipRefused: c.SkipRefused, Invite: c.Invite, Verified: c.Verified, Digest: digest,
			Progress: func(done, total int) { bar.set(int64(done), int64(max(total, done))) }})
		bar.end()
		if err != nil {
			return err
		}
		if err := e.show(e.viewImport(report), func(p *page) { p.imported(report) }); err != nil {
			return err
		}
		if report.Refused > 0 && !report.Applied && !report.DryRun {
			return fault.New(fault.Invalid, "import_refused", "count", report.Refused)
		}
		return nil
	})
}

// fileAt gives a file that can be read more than once: standard input is kept in
// a private folder meanwhile.
func (e *env) fileAt(path, dir string) (string, error) {
	if path != "-" {
		_, err := os.Stat(path)
		if err != nil {
			return "", unreadable(path, err)
		}
		return path, nil
	}
	at := filepath.Join(dir, "in")
	f, err := os.OpenFile(at, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	_, err = io.Copy(f, e.in)
	return at, errors.Join(err, f.Close())
}

type importView struct {
	ID              string         `json:"id"`
	DryRun          bool           `json:"dry_run"`
	Applied         bool           `json:"applied"`
	Format          string         `json:"format"`
	Source          string         `json:"source"`
	Rows            int            `json:"rows"`
	Created         int            `json:"created"`
	Updated         int            `json:"updated"`
	Unchanged       int            `json:"unchanged"`
	Joined          int            `json:"joined"`
	Moved           int            `json:"moved"`
	Departments     int            `json:"departments"`
	Organisations   int            `json:"organisations"`
	WithoutPassword int            `json:"without_password"`
	Invited         int            `json:"invited"`
	Ignored         []string       `json:"ignored_columns,omitempty"`
	LeftOut         map[string]int `json:"left_out,omitempty"`
	Refused         int            `json:"refused"`
	Refusals        []refusalView  `json:"refusals"`
}

type refusalView struct {
	Row    int    `json:"row"`
	Column string `json:"column,omitempty"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

func (e *env) viewImport(r directory.Report) importView {
	v := importView{ID: r.ID, DryRun: r.DryRun, Applied: r.Applied, Format: r.Format, Source: r.Source, Rows: r.Rows,
		Created: r.Created, Updated: r.Updated, Unchanged: r.Unchanged, Joined: r.Joined, Moved: r.Moved, Departments: r.Departments,
		Organisations: r.Organisations, WithoutPassword: r.WithoutPassword, Invited: r.Invited, Ignored: r.Ignored, LeftOut: r.LeftOut,
		Refused: r.Refused, Refusals: []refusalView{}}
	for _, x := range r.Refusals {
		v.Refusals = append(v.Refusals, refusalView{Row: x.Row, Column: x.Column, Code: x.Code, Detail: e.refusal(x)})
	}
	return v
}

func (e *env) refusal(x directory.Refusal) string {
	return e.texts.Field(e.lang, fault.Field{Path: x.Column, Code: x.Code, Args: x.Args})
}

func (p *page) imported(r directory.Report) {
	some := func(key string, n int) pair {
		if n == 0 {
			return pair{}
		}
		return pair{key, strconv.Itoa(n)}
	}
	p.pairs(pair{"rows", strconv.Itoa(r.Rows)}, some("organisations", r.Organisations), some("departments", r.Departments),
		pair{"created", strconv.Itoa(r.Created)}, some("without_password", r.WithoutPassword), some("updated", r.Updated),
		some("unchanged", r.Unchanged), some("joined", r.Joined), some("moved", r.Moved), some("invited", r.Invited),
		some("refused_rows", r.Refused), pair{"ignored", strings.Join(r.Ignored, p.e.say("list_separator"))})
	if len(r.LeftOut) > 0 {
		p.blank()
		p.line(p.e.say("import.left_out"))
		for _, code := range r.LeftOutCodes() {
			p.line("  " + strconv.Itoa(r.LeftOut[code]) + "  " + p.e.texts.Text(p.e.lang, "import.left."+code, nil))
		}
	}
	if r.DryRun {
		p.blank()
		p.line(p.e.say("import.tried"))
	} else if !r.Applied {
		p.blank()
		p.line(p.e.say("import.nothing_written"))
	}
	p.refusals(r)
}

// mostLines of refusals are shown on a terminal; --json gives them all.
const mostLines = 50

func (p *page) refusals(r directory.Report) {
	if len(r.Refusals) == 0 {
		return
	}
	p.blank()
	p.line(p.e.say("import.refusals"))
	for _, x := range r.Refusals[:min(len(r.Refusals), mostLines)] {
		where := p.e.say("import.row", "row", x.Row)
		if x.Column != "" {
			where += " " + x.Column
		}
		p.line("  " + where + ": " + p.e.refusal(x) + " [" + x.Code + "]")
	}
	if more := len(r.Refusals) - mostLines; more > 0 {
		p.line("  " + p.e.say("import.more", "count", more))
	}
}
