package e2e_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/config"
)

// Every test holds its whole log against what it planted. This one logs notices
// instead of sending them, and lets careless callers write personal data where
// it does not belong.
func TestLogsNameNobody(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		p, q := s.person(), s.person()
		s.works(p)
		begun, _ := s.closed(p)
		waiting := s.confirmed(q, "wecom")
		s.planted.add("the papers are forged", "A Secret Name", "+8613912345678")
		_, err := s.reviewer.RejectClosure(t.Context(), waiting.Closure.ID, "the papers are forged")
		s.Must(err)
		q.Client = s.with(s.signInAs(q, client.Phone).Token)
		careless := url.QueryEscape(q.email)
		for _, path := range []string{"/v1/accounts/" + careless, "/v1/accounts?name=" + careless, "/" + careless, "/v1/accounts/find?token=" + q.Token(),
			"/closure-status?token=" + begun.StatusToken, "/v1/closures/" + q.Token(), "/v1/policies/" + url.PathEscape(q.name)} {
			s.send(http.MethodGet, path, s.operator.Token(), "", nil)
			s.send(http.MethodPost, path, q.Token()+"x", "application/json", []byte(`{"name": "A Secret Name", "mobile": "+8613912345678", `+"\xff"+`}`))
		}
		for _, body := range []string{`{"name": "A Secret Name"`, `{"A Secret Name": 1}`, `"A Secret Name"`, `{"name": {"A Secret Name": "+8613912345678"}}`} {
			s.send(http.MethodPost, "/v1/accounts", s.operator.Token(), "application/json", []byte(body))
			s.send(http.MethodPost, "/v1/policies", s.operator.Token(), "application/yaml", []byte(body))
		}
		s.crm.goAway(t)
		stuck := s.person()
		s.failing(s.confirmed(stuck, "dingtalk").Closure.ID)
		s.settle()
		log := s.log.String()
		for _, want := range []string{"erasure part failed", "holder_unreachable", "closure_closed", "POST /v1/closures/{id}/confirm", "request_id"} {
			if !strings.Contains(log, want) {
				t.Errorf("the log does not say %q", want)
			}
		}
	}, func(_ *config.Config, w *app.World) { w.Send = nil })
}
