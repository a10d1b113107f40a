package e2e_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/client"
)

// Ids that lead nowhere and words that are none are refused by every operation
// that takes them, and change nothing.
// answersAnyID are the operations to which an id that leads nowhere is nothing
// bad, and why.
var answersAnyID = map[string]string{
	"confirm-closure":     "the proof of identity comes first, and a wrong password is counted",
	"release-work":        "what is gone is released",
	"delete-resume-state": "what is gone is deleted",
}

func badAddressesAreRefusedAndChangeNothing(t *testing.T, s *stage) {
	c := contractOf(s)
	s.settle()
	before := s.dump()
	for _, op := range c.operations {
		if !strings.Contains(op.path, "{") || answersAnyID[op.ID] != "" {
			continue
		}
		media, body := "", []byte(nil)
		if op.RequestBody != nil {
			media, body = "application/json", mustJSON(c.bodyOf(op))
		}
		if op.ID == "put-calendar-year" {
			media, body = "application/yaml", []byte("country: cn\nyear: 2031\nsource: x\n")
		}
		for _, id := range []string{nobody, "%20", "..%2F..%2Fetc", "%27%20OR%201=1--", strings.Repeat("x", 5000), "%00", "%FF", "0"} {
			got := s.send(op.method, op.filled(id), s.tokenFor(op), media, body)
			if !slices.Contains([]int{400, 404, 409, 422}, got.status) && got.Code != "browser_key_not_valid" {
				t.Errorf("%s with the id %.20s: %d %s", op.ID, id, got.status, got.Code)
			}
		}
	}
	for _, path := range []string{"/", "/v1", "/v2/accounts", "/v1/accounts/", "/v1//accounts", "/v1/accounts/x/y/z", "/.env", "/v1/../healthz"} {
		if got := s.send(http.MethodGet, path, s.operator.Token(), "", nil); got.status != 404 && got.status/100 != 3 {
			t.Errorf("%s: %d %s", path, got.status, got.Code)
		}
	}
	if got := s.send(http.MethodPatch, "/v1/accounts", s.operator.Token(), "", nil); got.status != 405 || got.Code != "method_not_allowed" || !strings.Contains(got.header.Get("Allow"), "POST") {
		t.Errorf("another method: %d %s, allowed %q", got.status, got.Code, got.header.Get("Allow"))
	}
	s.mustBe(before)
}

// Every list refuses limits and cursors that are none, every operation refuses
// questions that it does not know.
func badQuestionsAreRefused(t *testing.T, s *stage) {
	c := contractOf(s)
	o := s.company("Acme")
	var cursor string
	accounts, err := s.operator.Accounts(t.Context(), client.Page{Limit: 1})
	s.Must(err)
	cursor = accounts.NextCursor
	lists := 0
	for _, op := range c.operations {
		if op.method != http.MethodGet {
			continue
		}
		path, status := op.filled(o.ID), s.tokenFor(op)
		bad := []string{"surprise=1", "limi=1", "%zz=1", "a=%FF"}
		if slices.ContainsFunc(op.Parameters, func(p parameter) bool { return p.Name == "limit" }) {
			lists++
			for _, limit := range []string{"0", "-1", "201", "x", "1.5", "99999999999999999999", "1&limit=2"} {
				bad = append(bad, "limit="+limit)
			}
			for _, wrong := range []string{"x", "%25", cursor[1:], cursor + "x", strings.Repeat("A", 300), "MTo", "Mjo", "MTon", url.QueryEscape("1:' OR 1=1")} {
				bad = append(bad, "cursor="+wrong)
			}
		}
		if op.Access == "private link" {
			continue // it takes no questions, and nobody has a link here
		}
		for _, query := range bad {
			got := s.send(op.method, path+"?"+query, status, "", nil)
			if got.status == 404 && strings.Contains(op.path, "{") {
				continue // an id that leads nowhere is as good an answer
			}
			// Cursors are not tied to their list: one that could be a place is taken as one.
			if got.status == 200 && strings.HasPrefix(query, "cursor=M") {
				continue
			}
			if got.status != 422 && got.status != 400 || got.Code == "" {
				t.Errorf("%s?%.40s: %d %s", op.ID, query, got.status, got.Code)
			}
		}
	}
	if lists < 6 {
		t.Errorf("only %d lists have pages", lists)
	}
}
