package client

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// The media types of files of people.
const (
	CSVFile      = "text/csv"
	XLSXFile     = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	KeycloakFile = "application/json"     // a realm's export
	SignoffFile  = "application/x-ndjson" // another Signoff's export
	AnyFile      = "application/octet-stream"
)

// ImportOptions say how a file of people is read and what is done with it.
type ImportOptions struct {
	Type             string            // of the file; the zero value is AnyFile, which is found out by looking
	Columns          map[string]string // headings, and what stands under them
	Sheet            string            // of a workbook; the zero value is the first
	Separator        string            // between the levels of a department's path
	UnverifiedEmails bool              // take addresses that Keycloak has not verified
	DryRun           bool              // write nothing
	SkipRefused      bool              // take the other rows when some are refused
	Invite           bool              // tell everybody who gets an account
	Verified         bool              // the names of new accounts are known to be the persons' own; operators only
	OrganisationID   string            // for ImportAccounts: members of it
}

// ImportReport says what an import did, or would do.
type ImportReport struct {
	ID              string          `json:"id"`
	DryRun          bool            `json:"dry_run"`
	Applied         bool            `json:"applied"`
	Format          string          `json:"format"`
	Source          string          `json:"source"`
	Rows            int             `json:"rows"`
	Created         int             `json:"created"`
	Updated         int             `json:"updated"`
	Unchanged       int             `json:"unchanged"`
	Joined          int             `json:"joined"`
	Moved           int             `json:"moved"`
	Departments     int             `json:"departments"`
	Organisations   int             `json:"organisations"`
	WithoutPassword int             `json:"without_password"`
	Invited         int             `json:"invited"`
	IgnoredColumns  []string        `json:"ignored_columns"`
	LeftOut         []LeftOut       `json:"left_out"`
	Refused         int             `json:"refused"`
	Refusals        []ImportRefusal `json:"refusals"`
}

// LeftOut is something in a file that is not taken.
type LeftOut struct {
	Code   string `json:"code"`
	Count  int    `json:"count"`
	Detail string `json:"detail"`
}

// ImportRefusal is one reason why a row is not taken.
type ImportRefusal struct {
	Row    int    `json:"row"`
	Column string `json:"column"` // "" for the row as a whole
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

// ImportAccounts brings people in; for operators. The file is sent as it is
// read. Codes: import_refused, its Errors with rows and reasons, and those of
// files that cannot be read.
func (c *Client) ImportAccounts(ctx context.Context, file io.Reader, o ImportOptions) (ImportReport, error) {
	return c.importFile(ctx, path("accounts", "import"), file, o)
}

// ImportMembers brings an address book into an organisation; for operators and
// its admins. Codes: as ImportAccounts, and import_for_operators.
func (c *Client) ImportMembers(ctx context.Context, organisation string, file io.Reader, o ImportOptions) (ImportReport, error) {
	o.OrganisationID = ""
	return c.importFile(ctx, path("organisations", organisation, "import"), file, o)
}

func (c *Client) importFile(ctx context.Context, path string, file io.Reader, o ImportOptions) (ImportReport, error) {
	q := url.Values{}
	if len(o.Columns) > 0 {
		columns, err := json.Marshal(o.Columns)
		if err != nil {
			return ImportReport{}, fmt.Errorf("signoff: %w", err)
		}
		q.Set("columns", string(columns))
	}
	for name, value := range map[string]string{"sheet": o.Sheet, "separator": o.Separator, "organisation_id": o.OrganisationID} {
		if value != "" {
			q.Set(name, value)
		}
	}
	for name, value := range map[string]bool{"unverified_emails": o.UnverifiedEmails, "dry_run": o.DryRun, "skip_refused": o.SkipRefused, "invite": o.Invite, "verified": o.Verified} {
		if value {
			q.Set(name, "true")
		}
	}
	if o.Type == "" {
		o.Type = AnyFile
	}
	return ask[ImportReport](ctx, c, call{method: http.MethodPost, path: path, query: q, rawType: o.Type, stream: file})
}

// ExportAccounts writes all people and organisations for another Signoff, as
// JSON Lines; for operators with a fresh proof of identity. With passwords their
// hashes come along. Codes: proof_required.
func (c *Client) ExportAccounts(ctx context.Context, to io.Writer, passwords bool) error {
	q := url.Values{}
	if passwords {
		q.Set("passwords", "true")
	}
	return c.do(ctx, call{method: http.MethodPost, path: path("accounts", "export"), query: q, to: to}, nil)
}
