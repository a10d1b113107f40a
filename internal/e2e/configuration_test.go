package e2e_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/fault"
)

func TestConfiguration(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.run(t, "a bad mapping keeps it from starting", aBadMappingKeepsItFromStarting)
		s.run(t, "a mapping that the database does not fit", aMappingThatTheDatabaseDoesNotFit)
		s.run(t, "somebody elses row in the way", somebodyElsesRowInTheWay)
	})
}

// A mapping that makes no sense keeps Signoff from starting: the refusal names
// the holder and the place in the file.
func aBadMappingKeepsItFromStarting(t *testing.T, s *stage) {
	holders := s.Config.Holders
	for what, c := range map[string]struct{ find, with, place, code string }{
		"an unknown action":       {"action: blank, blank: [caller]", "action: vaporise, blank: [caller]", "line 9", "holder_"},
		"an unknown field":        {"{table: posts, person", "{table: posts, persons", "line 11", "holder_"},
		"no legal basis":          {"basis: tax}", "basis: habit}", "line 13", "holder_basis_unknown"},
		"a way that leads back":   {"via: {column: owner_id, table: staff}, action: delete", "via: {column: owner_id, table: nowhere}, action: delete", "line 7", "holder_via_unknown"},
		"rows that stay readable": {"pseudonymise: [issuer], ", "", "line 13", "holder_link_stays"},
		"broken YAML":             {"tables:", "tables: {", "line ", "yaml_"},
	} {
		dir := t.TempDir()
		broken := holders[0]
		broken.Mapping = write(t, filepath.Join(dir, "crm.yaml"), strings.Replace(crmMapping, c.find, c.with, 1))
		changed := s.Config
		changed.Holders = append([]config.Holder{broken}, holders[1:]...)
		a, err := app.Open(t.Context(), changed, s.World.World)
		if err == nil {
			t.Errorf("%s starts", what)
			s.Must(a.Close())
			continue
		}
		e, ok := errors.AsType[*fault.Error](err)
		if !ok || e.Code != "holder_mapping_invalid" || len(e.Fields) == 0 || !strings.HasPrefix(e.Fields[0].Path, c.place) || !strings.HasPrefix(e.Fields[0].Code, c.code) || !strings.Contains(err.Error(), "crm") {
			t.Errorf("%s: %v", what, err)
		}
		if strings.Contains(err.Error(), s.crm.dsn) {
			t.Errorf("%s: the refusal quotes the dsn", what)
		}
	}
	changed := s.Config
	changed.Holders = append(changed.Holders[:1:1], changed.Holders[0])
	if _, err := app.Open(t.Context(), changed, s.World.World); !fault.Is(err, "holder_name") {
		t.Errorf("two holders of one name: %v", err)
	}
	changed.Holders[1] = config.Holder{Name: "other", Kind: "sqldb", Mapping: filepath.Join(t.TempDir(), "none.yaml")}
	if _, err := app.Open(t.Context(), changed, s.World.World); !fault.Is(err, "config_file_unreadable") {
		t.Errorf("a mapping that is not there: %v", err)
	}
	s.person() // the one that runs is not disturbed
}

// A mapping that the database does not fit starts, for the database may be down:
// the check says what is wrong, an erasure waits, and nothing is lost.
func aMappingThatTheDatabaseDoesNotFit(t *testing.T, s *stage) {
	ctx := t.Context()
	good := s.Config.Holders
	bad := good[0]
	bad.Mapping = write(t, filepath.Join(t.TempDir(), "crm.yaml"), strings.Replace(crmMapping, "table: posts,", "table: postings,", 1))
	s.restart(func() { s.Config.Holders = []config.Holder{bad, good[1]} })
	check, err := s.operator.CheckHolder(ctx, "crm")
	if err != nil || check.OK || check.Code != "holder_mapping_unfit" || len(check.Errors) != 1 || !strings.Contains(check.Errors[0].Detail, "postings") ||
		!strings.HasPrefix(check.Errors[0].Path, "line 11, ") {
		t.Errorf("the check says %+v, %v", check, err)
	}
	p := s.person()
	s.works(p)
	rows := s.crm.of(t, p)
	begun := s.confirmed(p, "dingtalk")
	if part := s.failing(begun.Closure.ID); part.LastError != "holder_mapping_unfit" || s.crm.of(t, p) != rows {
		t.Errorf("the part: %+v", part)
	}
	s.restart(func() { s.Config.Holders = good })
	s.until("the closure to end", func() bool {
		s.Clock.Advance(s.Config.Erasure.TryTimeout)
		got, err := s.operator.Closure(ctx, begun.Closure.ID)
		s.Must(err)
		return got.State == client.Closed
	})
	if s.crm.mentions(t, p) != 0 {
		t.Error("rows are left")
	}
}

// Rows that another application refers to stop the erasure before anything has
// gone, and somebody who looks can let it go on.
func somebodyElsesRowInTheWay(t *testing.T, s *stage) {
	ctx := t.Context()
	p := s.person()
	s.works(p)
	other := s.person()
	s.works(other)
	s.crm.exec(t, `CREATE TABLE favourites (id BIGINT PRIMARY KEY, contact_id BIGINT NOT NULL REFERENCES contacts (id))`)
	s.crm.exec(t, `INSERT INTO favourites (id, contact_id) VALUES (1, $1)`, p.n*100)
	rows := s.crm.of(t, p)
	begun := s.confirmed(p, "dingtalk")
	part := s.failing(begun.Closure.ID)
	if !strings.HasPrefix(part.LastError, "holder_") || s.crm.of(t, p) != rows {
		t.Errorf("the part: %+v", part)
	}
	s.crm.exec(t, `DROP TABLE favourites`)
	if err := s.operator.RetryPart(ctx, begun.Closure.ID, "crm"); err != nil && !client.HasCode(err, "part_not_open") {
		t.Error(err)
	}
	s.reaches(begun.Closure.ID, client.Closed)
	if s.crm.mentions(t, p) != 0 || s.crm.mentions(t, other) != 6 {
		t.Error("the wrong rows went")
	}
}
