package walks

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
)

var hrefs = regexp.MustCompile(`(?:href|hx-get)="(/[^"#]*)"`)

// heaviest is what a page may weigh in bytes, before it is compressed and apart
// from what browsers keep.
const heaviest = 100_000

// Whoever follows every link from the first page on finds a page at its end: as
// somebody with every role, as a plain member, and as anybody.
func TestNoLinkLeadsNowhere(t *testing.T) {
	t.Parallel()
	s := open(t)
	boss, name := s.Person()
	s.Must(s.App.Accounts.Grant(t.Context(), app.Actor(), boss.ID, identity.Operator))
	s.Must(s.App.Accounts.Grant(t.Context(), app.Actor(), boss.ID, identity.Reviewer))
	s.Organisation(org.Creator, boss)
	_, plainName := s.Person()
	for _, who := range []string{"", plainName, name} {
		p := s.plain(t)
		if who != "" {
			p.signIn(who)
		}
		todo := []string{"/", "/sign-in", "/help", "/close-account"}
		seen := map[string]bool{}
		for len(todo) > 0 && len(seen) < 500 {
			path := todo[0]
			todo = todo[1:]
			if seen[path] || strings.HasPrefix(path, "/assets/") {
				continue
			}
			seen[path] = true
			r := p.get(path)
			if r.StatusCode >= 400 && r.StatusCode != 405 && !onlyForms(path) {
				t.Errorf("as %q: %s answers %d", who, path, r.StatusCode)
				continue
			}
			if len(r.body) > heaviest {
				t.Errorf("as %q: %s has %d bytes", who, path, len(r.body))
			}
			if to := r.Header.Get("Location"); strings.HasPrefix(to, "/") {
				todo = append(todo, to)
			}
			for _, m := range hrefs.FindAllStringSubmatch(r.body, -1) {
				next, err := url.PathUnescape(strings.ReplaceAll(m[1], "&amp;", "&"))
				if err == nil && !slices.Contains(todo, next) {
					todo = append(todo, next)
				}
			}
		}
		t.Logf("as %q: %d pages", who, len(seen))
	}
}

// onlyForms says whether an address only takes what a form sends.
func onlyForms(path string) bool { return strings.HasPrefix(path, "/preferences/") }
