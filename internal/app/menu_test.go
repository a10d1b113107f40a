package app_test

import (
	"io"
	"net/http"
	"regexp"
	"slices"
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
)

// quiet are pages that somebody may open whom the menu does not lead there.
var quiet = map[string][]string{
	"/console/reviews": {identity.Operator}, // operators look at closures instead, those in review among them
}

var entry = regexp.MustCompile(`<a class="item" href="(/console[^"?#]*)"`)

// What the console's menu offers opens, and what it does not offer to somebody
// does not: for each role of the platform, an admin, and who is nobody.
func TestTheMenuOffersWhatOpens(t *testing.T) {
	w := apptest.New(t, "sqlite")
	url := w.Serve()
	offered := map[string][]string{}
	tokens := map[string]string{}
	var all []string
	for _, who := range append(identity.Roles(), "admin", "nobody") {
		a, name := w.Person()
		switch who {
		case "admin":
			w.Organisation(org.Admin, a)
		case "nobody":
		default:
			w.Must(w.App.Accounts.Grant(t.Context(), app.Actor(), a.ID, who))
		}
		tokens[who] = w.SignIn(name).Token
		_, page := look(w, url+"/console", tokens[who])
		for _, m := range entry.FindAllStringSubmatch(page, -1) {
			if !slices.Contains(offered[who], m[1]) {
				offered[who] = append(offered[who], m[1])
			}
			if !slices.Contains(all, m[1]) {
				all = append(all, m[1])
			}
		}
		if who != "nobody" && len(offered[who]) < 2 {
			t.Errorf("the menu offers %v to %s", offered[who], who)
		}
	}
	if len(all) < 10 {
		t.Fatalf("only %v in all menus", all)
	}
	for who, token := range tokens {
		for _, path := range all {
			status, _ := look(w, url+path, token)
			opens := status == http.StatusOK
			switch offers := slices.Contains(offered[who], path); {
			case offers && !opens:
				t.Errorf("the menu offers %s to %s, who is answered %d there", path, who, status)
			case !offers && opens && !slices.Contains(quiet[path], who):
				t.Errorf("%s opens %s, and the menu does not offer it: change the route or console/menu.go", who, path)
			case !offers && !opens && status != http.StatusForbidden && status != http.StatusNotFound:
				t.Errorf("%s is answered %d at %s", who, status, path)
			}
		}
	}
}

// look asks for a page with a session's cookie.
func look(w *apptest.World, url, token string) (int, string) {
	w.T.Helper()
	r, err := http.NewRequestWithContext(w.T.Context(), http.MethodGet, url, http.NoBody)
	w.Must(err)
	r.Header.Set("Accept", "text/html")
	r.AddCookie(&http.Cookie{Name: "signoff_session", Value: token})
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := c.Do(r)
	w.Must(err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	w.Must(err)
	return res.StatusCode, string(body)
}
