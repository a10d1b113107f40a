package app_test

import (
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app/apptest"
)

func TestZZTime(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		s := time.Now()
		for range 200 {
			w.Person()
		}
		t.Log("person", time.Since(s)/200)
		a, n := w.Person()
		s = time.Now()
		for range 200 {
			w.SignIn(n)
		}
		t.Log("signin", time.Since(s)/200)
		s = time.Now()
		for range 200 {
			x, _, err := w.App.Closures.Request(t.Context(), a.ID, "wecom", "")
			w.Must(err)
			w.App.Closures.Withdraw(t.Context(), a.ID, x.ID)
		}
		t.Log("request+withdraw", time.Since(s)/200)
		s = time.Now()
		for range 50 {
			a, _ := w.Person()
			c := w.Confirm(a, "dingtalk")
			w.Drain(c.Closure.ID)
		}
		t.Log("closure", time.Since(s)/50)
	})
}
