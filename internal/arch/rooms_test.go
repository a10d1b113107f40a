package arch

import (
	"slices"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/source"
)

// A room is a folder below internal/ (or one of the last rows, outside it). It
// may import the rooms that its row names, all of them further up.
type room struct{ name, mayImport string }

// The domain, from the ground up: what the later rows build on.
const (
	ground  = "fault language yamldoc keys audit workday signal onetime inbox throttle device place work"
	people  = ground + " identity org session"
	domain  = people + " policy holder erasure certificate closure dissolution access browser addressbook directory report"
	holders = "holder/sqldb holder/blob"
	stores  = "queue store store/migrations store/sqlite store/postgres"
	pages   = "web/asset web/ui web/visit web/show web/door web/leave web/member web/security web/help web/console web/people web/review web/operate"
	faces   = "texts httpserver caller api web " + pages
	drawing = domain + " texts httpserver caller web/asset web/ui web/visit web/show" // what a room of pages is made of
	parts   = domain + " " + holders + " " + stores + " " + faces + " delivery telemetry config clock"
)

// rooms is the map of the house. docs/ARCHITECTURE.md explains it.
var rooms = []room{
	{"source", ""},
	{"measure", "source"},
	{"arch", "source"},
	{"licences", ""},
	{"mutants", "source"},
	{"pgtest", ""},
	{"pgtest/pgserver", "pgtest"},

	{"fault", ""},
	{"language", ""},
	{"yamldoc", "fault"},
	{"texts", "fault language"},
	{"keys", "fault"},
	{"audit", "fault keys"},
	{"audit/audittest", "fault keys audit"},
	{"workday", "fault yamldoc"},
	{"signal", "fault"},
	{"device", ""},
	{"place", "fault language"},
	{"onetime", "fault audit signal"},
	{"work", "fault"},
	{"inbox", "fault audit signal"},
	{"throttle", "fault"},
	{"identity", "fault language audit signal onetime inbox"},
	{"org", "fault language audit signal onetime inbox identity"},
	{"session", "fault audit signal onetime inbox identity org place work"},
	{"browser", people},
	{"policy", "fault language yamldoc workday"},
	{"holder", "fault keys yamldoc"},
	{"holder/sqldb", "fault language keys yamldoc holder"},
	{"holder/blob", "fault keys yamldoc holder"},
	{"holder/holdertest", "fault keys holder"},
	{"erasure", "fault audit holder"},
	{"certificate", "fault language keys audit holder erasure"},
	{"closure", people + " policy holder erasure certificate"},

	{"dissolution", people + " policy holder erasure certificate closure"},
	{"access", people + " closure"},
	{"addressbook", "fault language"},
	{"directory", people + " addressbook"},
	{"report", "fault audit"},

	{"queue", "fault"},
	{"store/migrations", ""},
	{"store", domain + " queue store/migrations"},
	{"store/sqlite", "fault keys queue store store/migrations"},
	{"store/postgres", "fault keys queue store store/migrations"},
	{"store/storetest", domain + " queue store store/sqlite store/postgres pgtest"},

	{"delivery", domain + " texts"},
	{"httpserver", "fault language texts"},
	{"caller", people},
	{"api", domain + " texts httpserver caller"},
	{"web/asset", ""},
	{"web/ui", "fault language texts web/asset"},
	{"web/visit", domain + " texts httpserver caller web/ui web/asset"},
	{"web/show", domain + " web/ui"},
	{"web/door", drawing},
	{"web/leave", drawing},
	{"web/member", drawing},
	{"web/security", drawing},
	{"web/help", drawing},
	{"web/console", drawing},
	{"web/people", drawing},
	{"web/review", drawing},
	{"web/operate", drawing},
	{"web", domain + " texts httpserver caller " + pages},
	{"web/webtest", ""},
	{"web/walks", ""},
	{"telemetry", "fault"},
	{"config", "fault language yamldoc texts web/asset"},
	{"clock", "fault"},
	{"app", parts},
	{"app/apptest", parts + " app pgtest store/storetest"},
	{"client", ""},
	{"demo", parts + " app client"},
	{"bench", parts + " app pgtest client"},
	{"e2e", ""},

	{"cmd/signoff", parts + " app client demo"},
	{"examples/crm", "client"},
}

// forTestsOnly are the rooms that no program that we ship may carry.
var forTestsOnly = []string{"pgtest", "audit/audittest", "holder/holdertest", "store/storetest", "app/apptest", "web/webtest", "source", "measure", "mutants", "arch"}

// domainRooms decide; they neither talk to a network nor read a clock.
var domainRooms = strings.Fields(domain + " " + holders + " texts store store/migrations")

// keepers says which rooms alone may import a package (or what is below it), so
// that what it does stays hidden behind them.
var keepers = []struct{ pkg, rooms string }{
	{"database/sql", "queue store store/sqlite store/postgres store/storetest holder/sqldb holder/holdertest demo app bench pgtest"},
	{"github.com/riverqueue/river", "queue store/sqlite store/postgres"},
	{"github.com/jackc/pgx", "store/postgres holder/sqldb pgtest bench"},
	{"modernc.org/sqlite", "store/sqlite holder/sqldb demo bench cmd/signoff"},
	{"github.com/danielgtaylor/huma", "httpserver api"},
	{"gocloud.dev", "holder/blob demo bench"},
	{"github.com/xuri/excelize", "addressbook report"},
	{"cel.dev/cel-go", "policy"},
	{"github.com/google/cel-go", "policy"},
	{"github.com/nicksnyder/go-i18n", "texts"},
	{"golang.org/x/mod/sumdb", "keys audit audit/audittest certificate store"},
	{"github.com/alecthomas/kong", "cmd/signoff"},
}

func roomNamed(name string) *room {
	i := slices.IndexFunc(rooms, func(r room) bool { return r.name == name })
	if i < 0 {
		return nil
	}
	return &rooms[i]
}

// below says whether path is pkg, a version of it or a package inside it.
func below(path, pkg string) bool {
	return path == pkg || strings.HasPrefix(path, pkg+"/")
}

func TestMapReadsDownwards(t *testing.T) {
	for i, r := range rooms {
		for _, name := range strings.Fields(r.mayImport) {
			above := slices.IndexFunc(rooms[:i], func(r room) bool { return r.name == name })
			if above < 0 {
				t.Errorf("the row of %s names %s, which is not above it", r.name, name)
			}
		}
	}
}

func TestRoomsImportOnlyWhatTheMapAllows(t *testing.T) {
	for _, f := range sources(t) {
		r := roomNamed(f.Room())
		if r == nil {
			t.Errorf("%s: the map knows no room %q", f.Path, f.Room())
			continue
		}
		if f.Test {
			continue // a test may use what it needs to set its scene
		}
		for _, path := range f.Imports() {
			inner, ours := strings.CutPrefix(path, source.Module+"/")
			if !ours {
				continue
			}
			name := strings.TrimPrefix(inner, "internal/")
			if !slices.Contains(strings.Fields(r.mayImport), name) {
				t.Errorf("%s: %s may not import %s", f.Path, r.name, name)
			}
			if slices.Contains(forTestsOnly, name) && !slices.Contains(forTestsOnly, r.name) &&
				r.name != "bench" && r.name != "pgtest/pgserver" {
				t.Errorf("%s: %s is for tests only", f.Path, name)
			}
		}
	}
}

func TestLibrariesStayInTheirRooms(t *testing.T) {
	for _, f := range sources(t) {
		if f.Test {
			continue
		}
		for _, path := range f.Imports() {
			for _, k := range keepers {
				if below(path, k.pkg) && !slices.Contains(strings.Fields(k.rooms), f.Room()) {
					t.Errorf("%s: only %s may import %s", f.Path, k.rooms, k.pkg)
				}
			}
		}
	}
}

// The client goes into other people's programs: it brings almost nothing along.
func TestClientNeedsOnlyTheStandardLibraryAndJOSE(t *testing.T) {
	for _, f := range sources(t) {
		if f.Test || !below(f.Dir, "client") {
			continue
		}
		for _, path := range f.Imports() {
			first, _, _ := strings.Cut(path, "/")
			if strings.Contains(first, ".") && !below(path, "github.com/go-jose/go-jose/v4") && !below(path, source.Module+"/client") {
				t.Errorf("%s imports %s", f.Path, path)
			}
		}
	}
}

func TestDomainHasNoNetwork(t *testing.T) {
	network := []string{
		"net", "net/http", "net/rpc", "net/smtp", "crypto/tls",
		"golang.org/x/net/http2", "golang.org/x/net/proxy", "golang.org/x/net/websocket", "google.golang.org/grpc",
	}
	for _, f := range sources(t) {
		if f.Test || !slices.Contains(domainRooms, f.Room()) {
			continue
		}
		for _, path := range f.Imports() {
			inside := func(pkg string) bool { return path == pkg || pkg != "net" && below(path, pkg) }
			if slices.ContainsFunc(network, inside) {
				t.Errorf("%s imports %s: the network is not called from the domain", f.Path, path)
			}
		}
	}
}
