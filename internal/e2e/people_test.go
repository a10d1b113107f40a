package e2e_test

import (
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/app/apptest"
)

// person is somebody with an account of every kind of identifier, signed in on
// a desktop, who works in the company.
type person struct {
	*client.Client // signed in
	n              int
	id             string
	name           string
	mobile         string // E.164
	email          string
	username       string
	password       string
}

var people atomic.Int64

// newcomer is a person who has no account yet.
func newcomer() *person {
	n := int(people.Add(1))
	return &person{n: n, name: fmt.Sprintf("Wáng Xiǎomíng %d", n), mobile: fmt.Sprintf("+861380%07d", n),
		email: fmt.Sprintf("xiaoming.%d@mail.example", n), username: fmt.Sprintf("xiaoming-%d", n),
		password: fmt.Sprintf("a very long passphrase %d", n)}
}

// identifiers are in the order in which the API gives them.
func (p *person) identifiers() []client.Identifier {
	return []client.Identifier{{Kind: client.Email, Value: p.email}, {Kind: client.Mobile, Value: p.mobile}, {Kind: client.Username, Value: p.username}}
}

func (p *person) account() client.NewAccount {
	return client.NewAccount{Name: p.name, Locale: "en", Password: p.password, Identifiers: p.identifiers()}
}

// person makes an account through the API and signs in to it.
func (s *stage) person() *person {
	s.T.Helper()
	p := newcomer()
	s.join(p)
	return p
}

// join gives a newcomer an account.
func (s *stage) join(p *person) {
	s.T.Helper()
	s.planted.add(p.name, p.mobile, p.email, p.username, p.password)
	a, err := s.operator.CreateAccount(s.T.Context(), p.account())
	s.Must(err)
	p.id = a.ID
	p.Client = s.with(s.signInAs(p, client.Desktop).Token)
}

// signInAs signs a person in on one more device.
func (s *stage) signInAs(p *person, device string) client.StartedSession {
	s.T.Helper()
	in, err := s.trySignIn(p.username, p.password, device)
	s.Must(err)
	return in
}

// asRoot signs the first operator in, who was not made by person.
func (s *stage) asRoot() *client.Client {
	s.T.Helper()
	in, err := s.trySignIn("root-operator", apptest.Password, client.Desktop)
	s.Must(err)
	return s.with(in.Token)
}

func (s *stage) trySignIn(name, password, device string) (client.StartedSession, error) {
	in, err := s.with("").SignIn(s.T.Context(), client.NewSession{Name: name, Password: password,
		Device: client.Device{Kind: device, Name: "the " + device}, App: "crm"})
	s.planted.add(password)
	if err == nil {
		s.planted.add(in.Token)
	}
	return in, err
}

// alive says whether a token is a valid session.
func (s *stage) alive(token string) bool {
	s.T.Helper()
	_, err := s.with(token).CheckSession(s.T.Context())
	if err != nil && !client.HasCode(err, "session_not_valid") {
		s.T.Fatal(err)
	}
	return err == nil
}

// works gives a person a place in the company: rows in every table of the CRM,
// and documents.
func (s *stage) works(p *person) {
	s.T.Helper()
	s.crm.employ(s.T, p)
	for _, name := range []string{"cv.pdf", "photos/2025/summer.jpg", "合同/劳动合同.docx"} {
		path := filepath.Join(s.docs, "people", p.id, filepath.FromSlash(name))
		s.Must(os.MkdirAll(filepath.Dir(path), 0o700))
		s.Must(os.WriteFile(path, []byte(name), 0o600))
	}
}

// documents counts a person's files.
func (s *stage) documents(p *person) (n int) {
	s.T.Helper()
	_ = filepath.WalkDir(filepath.Join(s.docs, "people", p.id), func(_ string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
		}
		return nil
	})
	return n
}
