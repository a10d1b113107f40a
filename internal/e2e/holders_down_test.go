package e2e_test

import (
	"context"
	"database/sql"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/client"
)

func TestHoldersDown(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.run(t, "a holder that stays down makes an erasure overdue", aHolderThatStaysDownMakesAnErasureOverdue)
		s.run(t, "a holder that comes back is tried by itself", aHolderThatComesBackIsTriedByItself)
		s.run(t, "a holder that is replaced", aHolderThatIsReplaced)
	})
}

// goAway makes the company's database disappear under Signoff's hands: the file
// is moved, or the database is renamed.
func (c *crm) goAway(t testing.TB) {
	t.Helper()
	if err := c.db.Close(); err != nil {
		t.Fatal(err)
	}
	if c.path != "" {
		if err := os.Rename(c.path, c.path+".gone"); err != nil {
			t.Fatal(err)
		}
		return
	}
	c.rename(t, c.name(), c.name()+"_gone")
}

// comeBack puts it where it was.
func (c *crm) comeBack(t testing.TB) {
	t.Helper()
	if c.path == "" {
		c.rename(t, c.name()+"_gone", c.name())
	} else if err := os.Rename(c.path+".gone", c.path); err != nil {
		t.Fatal(err)
	}
	c.open(t)
}

func (c *crm) name() string {
	u, _ := url.Parse(c.dsn)
	return strings.TrimPrefix(u.Path, "/")
}

// rename needs the database for itself for a moment.
func (c *crm) rename(t testing.TB, from, to string) {
	t.Helper()
	u, err := url.Parse(c.dsn)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/postgres"
	admin, err := sql.Open("pgx", u.String())
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()
	for try := 0; ; try++ {
		if _, err := admin.Exec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1`, from); err != nil {
			t.Fatal(err)
		}
		if _, err = admin.Exec(`ALTER DATABASE "` + from + `" RENAME TO "` + to + `"`); err == nil {
			return
		} else if try > 200 {
			t.Fatal(err)
		}
	}
}

// failing waits until the part of the CRM has failed, and gives it as operators see it.
func (s *stage) failing(closure string) client.Part {
	s.T.Helper()
	var found client.Part
	s.until("the part of the CRM to fail", func() bool {
		got, err := s.operator.Closure(s.T.Context(), closure)
		s.Must(err)
		for _, p := range got.Parts {
			if p.Holder == "crm" && p.LastError != "" {
				found = p
			}
		}
		return found.Holder != ""
	})
	return found
}

// A data holder that is down makes an erasure overdue, never lost and never
// called done; when it is back, an operator's push ends it.
func aHolderThatStaysDownMakesAnErasureOverdue(t *testing.T, s *stage) {
	ctx := t.Context()
	p := s.person()
	s.works(p)
	s.crm.goAway(t)
	if check, err := s.auditor.CheckHolder(ctx, "crm"); err != nil || check.OK || check.Code != "holder_unreachable" || check.Detail == "" {
		t.Errorf("the check says %+v, %v", check, err)
	}
	begun := s.confirmed(p, "dingtalk")
	part := s.failing(begun.Closure.ID)
	if part.State != "open" || part.LastError != "holder_unreachable" || part.NextTryAt == nil || part.Attempts == 0 {
		t.Errorf("the part: %+v", part)
	}
	s.until("the documents to go", func() bool { return s.documents(p) == 0 })
	now, err := s.operator.Closure(ctx, begun.Closure.ID)
	s.Must(err)
	if now.State != client.Erasing || now.Overdue || now.DeadlineAt == nil || now.DeadlineAt.UTC().Format("2006-01-02 15:04") != "2026-03-23 16:00" {
		t.Errorf("fifteen working days from %v: %+v", now.ErasingAt, now)
	}
	if _, err := s.trySignIn(p.email, p.password, client.Phone); !client.HasCode(err, "account_ending") {
		t.Errorf("a sign-in during the erasure: %v", err)
	}
	s.Clock.Advance(now.DeadlineAt.Sub(s.Clock.Now()))
	status, err := s.with("").ClosureStatus(ctx, begun.StatusToken)
	if now, err2 := s.operator.Closure(ctx, begun.Closure.ID); err != nil || err2 != nil || !now.Overdue || !status.Overdue || status.State != client.Erasing || status.CanWithdraw {
		t.Errorf("after the deadline: %+v, by the link %+v, %v", now, status, err)
	}
	if _, err := s.with("").CertificateByLink(ctx, begun.StatusToken); !client.HasCode(err, "certificate_not_yet") {
		t.Errorf("a certificate of an erasure that is not done: %v", err)
	}
	s.until("more tries", func() bool {
		s.Clock.Advance(s.Config.Erasure.BackoffMax * 20)
		return s.failing(begun.Closure.ID).Attempts > part.Attempts+1
	})
	s.until("the next try to be in the future", func() bool { return s.failing(begun.Closure.ID).NextTryAt.After(s.Clock.Now()) })
	s.crm.comeBack(t)
	for holder, err := range map[string]error{"crm": nil, "documents": s.operator.RetryPart(ctx, begun.Closure.ID, "documents"), "none": s.operator.RetryPart(ctx, begun.Closure.ID, "none")} {
		if holder != "crm" && !client.HasCode(err, "part_not_open") {
			t.Errorf("retrying %s: %v", holder, err)
		}
	}
	// A part that is being tried this very moment is not open; the try after it is.
	s.until("the part to be open", func() bool {
		err := s.operator.RetryPart(ctx, begun.Closure.ID, "crm")
		if err != nil && !client.HasCode(err, "part_not_open") {
			t.Fatal(err)
		}
		now, failed := s.operator.Closure(ctx, begun.Closure.ID)
		s.Must(failed)
		return err == nil || now.State == client.Closed
	})
	done := s.reaches(begun.Closure.ID, client.Closed)
	file, err := s.operator.Certificate(ctx, done.ID)
	s.Must(err)
	s.says(t, s.verified(file), done)
	if s.crm.mentions(t, p) != 0 {
		t.Error("rows are left")
	}
}

// Nobody needs to push: what is down is tried again by itself, and another
// holder's part goes on meanwhile.
func aHolderThatComesBackIsTriedByItself(t *testing.T, s *stage) {
	p := s.person()
	s.works(p)
	s.crm.goAway(t)
	begun := s.confirmed(p, "dingtalk")
	s.failing(begun.Closure.ID)
	s.crm.comeBack(t)
	s.until("the closure to end", func() bool {
		s.Clock.Advance(s.Config.Erasure.TryTimeout)
		got, err := s.operator.Closure(context.WithoutCancel(t.Context()), begun.Closure.ID)
		s.Must(err)
		return got.State == client.Closed
	})
	if s.crm.mentions(t, p) != 0 {
		t.Error("rows are left")
	}
}

// The company puts another database in the place of its CRM, a backup perhaps:
// what is erased is erased there, not in what Signoff had open before.
func aHolderThatIsReplaced(t *testing.T, s *stage) {
	ctx := t.Context()
	first, second := s.person(), s.person()
	s.works(first)
	s.works(second)
	begun := s.confirmed(first, "dingtalk") // now Signoff has the database open
	s.reaches(begun.Closure.ID, client.Closed)
	s.crm.goAway(t)
	s.crm.restore(t)
	s.crm.employ(t, second)
	s.until("the new one to be found", func() bool { // a connection that was cut off is noticed when it is used
		check, err := s.operator.CheckHolder(ctx, "crm")
		s.Must(err)
		return check.OK
	})
	begun = s.confirmed(second, "dingtalk")
	s.reaches(begun.Closure.ID, client.Closed)
	if n := s.crm.mentions(t, second); n != 0 {
		t.Errorf("the certificate is out, and %d rows are left", n)
	}
}

// restore makes the database anew where it was.
func (c *crm) restore(t testing.TB) {
	t.Helper()
	if c.path == "" {
		u, err := url.Parse(c.dsn)
		if err != nil {
			t.Fatal(err)
		}
		name := c.name()
		u.Path = "/postgres"
		admin, err := sql.Open("pgx", u.String())
		if err != nil {
			t.Fatal(err)
		}
		defer admin.Close()
		for _, statement := range []string{`CREATE DATABASE "` + name + `"`, `DROP DATABASE "` + name + `_gone"`} {
			if _, err := admin.Exec(statement); err != nil {
				t.Fatal(err)
			}
		}
	}
	c.open(t)
	c.build(t)
}
