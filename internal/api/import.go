package api

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"

	"github.com/signoff-id/signoff/internal/addressbook"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/directory"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/httpserver"
)

// importLimit is how many bytes a file of people may have.
const importLimit = 64 << 20

const (
	csvType   = "text/csv"
	xlsxType  = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	linesType = "application/x-ndjson"
	bytesType = "application/octet-stream"
)

// importMedia are the media types of files of people, with the format that each
// says; "" is found out by looking.
var importMedia = map[string]string{csvType: addressbook.CSV, xlsxType: addressbook.XLSX, jsonType: addressbook.Keycloak,
	linesType: addressbook.Signoff, bytesType: "", "": ""}

// Importing says how the file in the body is read, and what is done with it.
type Importing struct {
	ContentType      string `header:"Content-Type" hidden:"true"`
	Columns          string `query:"columns" maxLength:"4096" doc:"JSON object of headings and what stands under them: name, username, email, mobile, locale, key, department or ignore. Other headings are recognised by themselves."`
	Sheet            string `query:"sheet" maxLength:"64" doc:"Sheet of a workbook. Left out: the first."`
	Separator        string `query:"separator" maxLength:"8" doc:"What stands between the levels of a department's path."`
	UnverifiedEmails bool   `query:"unverified_emails" doc:"Take e-mail addresses that Keycloak has not verified."`
	DryRun           bool   `query:"dry_run" doc:"Report what would happen, and write nothing."`
	SkipRefused      bool   `query:"skip_refused" doc:"Take the other rows when some are refused."`
	Invite           bool   `query:"invite" doc:"Tell everybody who gets an account."`
	Verified         bool   `query:"verified" doc:"The names of new accounts are known to be the persons' own: codes and links go to such ones only. For operators."`
}

// importView is what an import did, or would do.
type importView struct {
	ID              string        `json:"id" doc:"The object of its entries in the audit log."`
	DryRun          bool          `json:"dry_run"`
	Applied         bool          `json:"applied" doc:"Whether it was written."`
	Format          string        `json:"format" enum:"csv,xlsx,keycloak,signoff"`
	Source          string        `json:"source" doc:"Whose names for people the keys are."`
	Rows            int           `json:"rows" doc:"People in the file."`
	Created         int           `json:"created"`
	Updated         int           `json:"updated"`
	Unchanged       int           `json:"unchanged"`
	Joined          int           `json:"joined" doc:"Became members."`
	Moved           int           `json:"moved" doc:"Changed their department."`
	Departments     int           `json:"departments" doc:"Made."`
	Organisations   int           `json:"organisations" doc:"Made."`
	WithoutPassword int           `json:"without_password" doc:"Of those created: they cannot sign in before one is set."`
	Invited         int           `json:"invited"`
	IgnoredColumns  []string      `json:"ignored_columns" nullable:"false"`
	LeftOut         []leftView    `json:"left_out" nullable:"false" doc:"What was in the file and is not taken."`
	Refused         int           `json:"refused" doc:"Rows."`
	Refusals        []refusalView `json:"refusals" nullable:"false" doc:"At most 10,000."`
}

type leftView struct {
	Code   string `json:"code"`
	Count  int    `json:"count"`
	Detail string `json:"detail"`
}

type refusalView struct {
	Row    int    `json:"row" doc:"A line or row of the file, from 1; in a realm's export the n-th user."`
	Column string `json:"column,omitempty"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

func (f *face) shapeImport(ctx context.Context, r directory.Report) importView {
	lang := httpserver.Language(ctx)
	v := importView{ID: r.ID, DryRun: r.DryRun, Applied: r.Applied, Format: r.Format, Source: r.Source, Rows: r.Rows,
		Created: r.Created, Updated: r.Updated, Unchanged: r.Unchanged, Joined: r.Joined, Moved: r.Moved, Departments: r.Departments,
		Organisations: r.Organisations, WithoutPassword: r.WithoutPassword, Invited: r.Invited, Refused: r.Refused,
		IgnoredColumns: append([]string{}, r.Ignored...), LeftOut: []leftView{}, Refusals: []refusalView{}}
	for _, code := range r.LeftOutCodes() {
		v.LeftOut = append(v.LeftOut, leftView{code, r.LeftOut[code], f.site.Texts.Text(lang, "import.left."+code, nil)})
	}
	for _, x := range r.Refusals {
		v.Refusals = append(v.Refusals, refusalView{Row: x.Row, Column: x.Column, Code: x.Code,
			Detail: f.site.Texts.Field(lang, fault.Field{Code: x.Code, Args: x.Args})})
	}
	return v
}

// importPeople receives the body into a private folder and imports it. A refusal
// of rows is a problem that names them; a dry run reports them.
func (f *face) importPeople(ctx context.Context, by audit.Actor, organisation string, in Importing) (_ *answer[importView], err error) {
	media, _, mediaErr := mime.ParseMediaType(in.ContentType)
	format, known := importMedia[media]
	if !known || in.ContentType != "" && mediaErr != nil {
		return nil, fault.New(fault.Invalid, "unsupported_media_type")
	}
	columns := map[string]string{}
	if in.Columns != "" && json.Unmarshal([]byte(in.Columns), &columns) != nil {
		return nil, fault.Wrong().At("query.columns", "import_columns_unreadable")
	}
	receive := func(to io.Writer) error { return httpserver.Receive(ctx, to) }
	book, digest, forget, err := addressbook.Keep(receive, addressbook.Options{Format: format, Columns: columns, Sheet: in.Sheet, Separator: in.Separator,
		UnverifiedEmail: in.UnverifiedEmails})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, forget()) }()
	r, err := f.Directory.Import(ctx, by, book, directory.Options{Organisation: organisation, DryRun: in.DryRun,
		SkipRefused: in.SkipRefused, Invite: in.Invite, Verified: in.Verified, Digest: digest})
	if err != nil {
		return nil, err
	}
	if !r.Applied && !r.DryRun {
		return nil, r.Fault()
	}
	return &answer[importView]{Body: f.shapeImport(ctx, r)}, nil
}

func importTypes() []string { return []string{csvType, xlsxType, jsonType, linesType, bytesType} }

// importProblems are the codes that a file can be refused with as a whole.
var importProblems = []string{"import_refused", "import_unreadable", "import_encoding_unknown", "import_headings_missing", "import_column_unknown",
	"import_field_unknown", "import_workbook_unreadable", "import_json_unreadable", "import_line_unreadable", "import_truncated",
	"import_version_unknown", "import_brings_organisations", "validation_failed"}
