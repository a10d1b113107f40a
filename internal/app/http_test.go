package app_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/app/apptest"
)

func TestTheSiteAnswers(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		_, name := w.Person()
		run := w.Serve()
		res, err := http.Post(run+"/v1/sessions", "application/json",
			strings.NewReader(`{"name":"`+name+`","password":"`+apptest.Password+`","device":{"kind":"phone"},"app":"crm"}`))
		w.Must(err)
		defer res.Body.Close()
		if res.StatusCode != http.StatusCreated {
			t.Fatalf("sign-in answers %s", res.Status)
		}
	})
}
