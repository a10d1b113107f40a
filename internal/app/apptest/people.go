package apptest

import (
	"fmt"
	"net/netip"
	"sync/atomic"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
)

// Password is everybody's password in tests.
const Password = "correct horse battery"

var counter atomic.Int64

// Person makes an account and gives it and its sign-in name.
func (w *World) Person() (identity.Account, string) {
	w.T.Helper()
	name := fmt.Sprintf("person%d", counter.Add(1))
	a, err := w.App.Accounts.Create(w.T.Context(), app.Actor(), identity.NewAccount{Name: name, Locale: language.English, Password: Password,
		Identifiers: []identity.Identifier{{Kind: identity.Username, Value: name}, {Kind: identity.Email, Value: name + "@example.com"}}})
	w.Must(err)
	return a, name
}

// SignIn signs in on a desktop.
func (w *World) SignIn(name string) access.SignedIn {
	w.T.Helper()
	return w.SignInWith(name, Password)
}

// SignInWith is SignIn with a password of somebody's own.
func (w *World) SignInWith(name, password string) access.SignedIn {
	w.T.Helper()
	in, err := w.App.Access.SignIn(w.T.Context(), access.Attempt{Name: name, Password: password, Device: session.Device{Kind: session.Desktop}, App: "test"})
	w.Must(err)
	return in
}

// Alive says whether a token is a valid session.
func (w *World) Alive(token string) bool {
	_, err := w.App.Sessions.Check(w.T.Context(), token)
	return err == nil
}

// Organisation makes an organisation with the given people in it.
func (w *World) Organisation(role string, people ...identity.Account) org.Organisation {
	w.T.Helper()
	o, err := w.App.Orgs.Create(w.T.Context(), app.Actor(), "Test")
	w.Must(err)
	for _, p := range people {
		w.Must(w.App.Orgs.PutMember(w.T.Context(), app.Actor(), org.Member{Organisation: o.ID, Account: p.ID, Role: role}))
	}
	return o
}

// Confirm requests and confirms a closure.
func (w *World) Confirm(a identity.Account, policy string) closure.Confirmed {
	w.T.Helper()
	c, _, err := w.App.Closures.Request(w.T.Context(), a.ID, policy, "")
	w.Must(err)
	done, err := w.App.Access.ConfirmClosure(w.T.Context(), session.Session{Account: a.ID}, c.ID, Password, netip.Addr{})
	w.Must(err)
	return done
}

// Must ends the test on an error.
func (w *World) Must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}

// Entries counts the audit entries of an action about an account, placed or
// not.
func (w *World) Entries(action, account string) (n int) {
	w.T.Helper()
	w.Must(w.App.DB.Read.QueryRowContext(w.T.Context(), `SELECT count(*) FROM audit_entries WHERE action = $1 AND account = $2`, action, account).Scan(&n))
	return n
}
