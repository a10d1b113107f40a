package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
)

// accountImportCmd makes an account of every line of a CSV file. Lines that
// cannot be taken are named at the end; the others are in.
type accountImportCmd struct {
	File string `arg:"" placeholder:"FILE"`
}

// importColumns are what the first line may name, in any order.
var importColumns = []string{"name", "username", "email", "mobile", "locale"}

type importView struct {
	Imported int            `json:"imported"`
	Refused  []problemField `json:"refused"`
}

func (c accountImportCmd) Run(ctx context.Context, e *env) error {
	text, err := e.readFile(c.File)
	if err != nil {
		return err
	}
	people, err := readPeople(text)
	if err != nil {
		return err
	}
	return e.open(ctx, func(a *app.App) error {
		out := importView{Refused: []problemField{}}
		bar := e.progress("progress.import", len(people))
		for _, p := range people {
			_, err := a.Accounts.Create(ctx, actor(), p.account)
			switch {
			case err == nil:
				out.Imported++
			case fault.Of(err).Code == "internal":
				return err
			default:
				out.Refused = append(out.Refused, e.refusedLine(p.line, err)...)
			}
			bar.add(1)
		}
		bar.end()
		return e.show(out, func(p *page) {
			p.line(e.say("done.imported", "count", out.Imported))
			for _, r := range out.Refused {
				p.line(r.Path + ": " + r.Detail + " [" + r.Code + "]")
			}
		})
	})
}

// refusedLine says what is wrong with one line of the file.
func (e *env) refusedLine(line int, err error) []problemField {
	where := "line " + strconv.Itoa(line)
	p := e.problem(err)
	if len(p.Errors) == 0 {
		return []problemField{{Path: where, Code: p.Code, Detail: p.Detail}}
	}
	for i := range p.Errors {
		p.Errors[i].Path = where + " " + p.Errors[i].Path
	}
	return p.Errors
}

type importLine struct {
	line    int
	account identity.NewAccount
}

func readPeople(text []byte) ([]importLine, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))))
	head, err := r.Read()
	if err != nil {
		return nil, fault.New(fault.Invalid, "import_unreadable", "line", 1).Because(err)
	}
	for i, h := range head {
		head[i] = strings.ToLower(strings.TrimSpace(h))
		if !slices.Contains(importColumns, head[i]) {
			return nil, fault.New(fault.Invalid, "import_column_unknown", "column", h, "known", importColumns)
		}
	}
	var all []importLine
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			line := len(all) + 2
			if bad, ok := errors.AsType[*csv.ParseError](err); ok {
				line = bad.StartLine
			}
			return nil, fault.New(fault.Invalid, "import_unreadable", "line", line).Because(err)
		}
		line, _ := r.FieldPos(0)
		all = append(all, importLine{line, onePerson(head, row)})
	}
}

func onePerson(head, row []string) identity.NewAccount {
	var n newPerson
	for i, cell := range row {
		if cell = strings.TrimSpace(cell); cell == "" {
			continue
		}
		switch head[i] {
		case "name":
			n.Name = cell
		case "username":
			n.Username = []string{cell}
		case "email":
			n.Email = []string{cell}
		case "mobile":
			n.Mobile = []string{cell}
		case "locale":
			n.Locale = cell
		}
	}
	return n.account()
}
