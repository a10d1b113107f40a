package e2e_test

import (
	"io"
	"net/http"
	"regexp"
	"strconv"
	"testing"
)

func (s *stage) metrics() string {
	s.T.Helper()
	r, err := http.NewRequestWithContext(s.T.Context(), http.MethodGet, s.running.Server.MetricsURL(), http.NoBody)
	s.Must(err)
	res, err := http.DefaultClient.Do(r)
	s.Must(err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	s.Must(err)
	return string(text)
}

// figure gives the value of a metric, -1 for none.
func figure(text, name string) float64 {
	m := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(name) + ` (\S+)$`).FindStringSubmatch(text)
	if m == nil {
		return -1
	}
	value, _ := strconv.ParseFloat(m[1], 64)
	return value
}

// The metrics are on a listener of their own, count what happens, and name
// nobody.
func TestMetricsCountAndNameNobody(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		p, q := s.person(), s.person()
		s.works(p)
		s.closed(p)
		s.confirmed(q, "wecom")
		stuck := s.person()
		s.crm.goAway(t)
		begun := s.confirmed(stuck, "dingtalk")
		s.failing(begun.Closure.ID)
		s.until("the documents", func() bool { return figure(s.metrics(), "signoff_erasure_parts_pending") == 1 })
		s.settle()
		text := s.metrics()
		for name, want := range map[string]float64{
			`signoff_closures{state="closed"}`: 1, `signoff_closures{state="in_review"}`: 1, `signoff_closures{state="erasing"}`: 1,
			`signoff_erasure_parts_overdue`: 0, `signoff_audit_entries_pending`: 0, `signoff_notices_pending`: 0,
			`signoff_http_request_duration_seconds_count{method="POST",route="POST /v1/closures/{id}/confirm",status="200"}`: 3,
		} {
			if got := figure(text, name); got != want {
				t.Errorf("%s is %v, want %v", name, got, want)
			}
		}
		s.Clock.Advance(30 * day)
		if got := figure(s.metrics(), "signoff_erasure_parts_overdue"); got != 1 {
			t.Errorf("%v parts are overdue, want 1", got)
		}
		s.send(http.MethodGet, "/v1/accounts/"+p.email, "", "", nil) // what strangers write reaches no label
		s.send(http.MethodGet, "/"+p.mobile, "", "", nil)
		s.live(t, "ended by the closure", map[string]bool{p.Token(): false})
		text = s.metrics()
		for _, found := range s.planted.in(text) {
			t.Errorf("the metrics hold %s", found)
		}
		for _, id := range []string{p.id, q.id, begun.Closure.ID} {
			if regexp.MustCompile(regexp.QuoteMeta(id)).MatchString(text) {
				t.Errorf("the metrics hold the id %s", id)
			}
		}
		if got := figure(text, `signoff_session_checks_total{outcome="not_valid"}`); got < 1 {
			t.Errorf("%v session checks have failed", got)
		}
	})
}
