package app_test

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/pgtest"
)

// site is an installation whose processes are killed, with its data holders.
type site struct {
	*apptest.World
	t     *testing.T
	crm   *crm
	clock wall
	want  string // what a certificate says when nothing goes wrong
}

func newSite(t *testing.T, engine string) *site {
	t.Helper()
	dir := t.TempDir()
	database := "sqlite:" + filepath.Join(dir, "signoff.db")
	if engine == "postgres" {
		database = pgtest.DSN(t)
	}
	s := &site{t: t, crm: newCRM(t, engine, dir)}
	s.World = &apptest.World{T: t, Config: crashConfig(dir, database, s.crm.dsn)}
	s.World.World = crashWorld(dir, &s.clock)
	s.Open()
	t.Cleanup(func() { s.Must(s.App.Close()) })
	install(s.World, atOnce)
	return s
}

// people makes two accounts with everything and confirms their closures. No
// loop runs, so nothing has begun.
func (s *site) people() (accounts []identity.Account, closures []string) {
	s.t.Helper()
	for range 2 {
		a, name := s.Person()
		s.SignIn(name)
		s.crm.plant(a.ID)
		accounts = append(accounts, a)
		closures = append(closures, s.Confirm(a, atOnce.name).Closure.ID)
	}
	return accounts, closures
}

// child runs a plan in a process of its own, while none of this one has the
// database open, and says whether it killed itself.
func (s *site) child(p crashPlan) (killed bool) {
	s.t.Helper()
	s.Must(s.App.Close())
	p.Dir, p.Database, p.CRM, p.Ahead = s.Config.DataDir, s.Config.DSN(), s.crm.dsn, time.Duration(s.clock.offset.Load())
	text, err := json.Marshal(p)
	s.Must(err)
	ctx, cancel := context.WithTimeout(s.t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), crashEnv+"="+string(text))
	out, err := cmd.CombinedOutput()
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() && status.Signal() == syscall.SIGKILL && ctx.Err() == nil {
		killed = true
	} else if err != nil {
		s.t.Fatalf("the child ended by %v:\n%s", err, out)
	}
	s.clock.ahead(2 * time.Minute) // its leases run out
	s.Open()
	return killed
}

// goOn lets this process work until everything has ended.
func (s *site) goOn(closures []string) {
	s.t.Helper()
	loops, err := s.App.StartLoops(context.WithoutCancel(s.t.Context()), apptest.Pace())
	s.Must(err)
	until(s.t, "the closures to end after a crash", func() bool {
		done, err := allEnded(s.t.Context(), s.App, closures)
		s.Must(err)
		return done
	})
	s.Must(loops.Stop(context.WithoutCancel(s.t.Context())))
}

// sound holds everything against what an undisturbed run leaves behind.
func (s *site) sound(accounts []identity.Account, closures []string) {
	s.t.Helper()
	found := trails(s.World, accounts[0].ID)
	for i, a := range accounts {
		found[a.ID].lawful(s.t)
		s.crm.empty(a.ID)
		if got := content(s.t, s.World, closures[i]); got != s.want {
			s.t.Errorf("the certificate says\n%s\nwant\n%s", got, s.want)
		}
		var last []string
		for _, line := range s.mail() {
			if strings.HasPrefix(line, a.Address()+" closure_closed ") {
				last = append(last, line)
			}
		}
		if len(last) == 0 || len(last) > 2 || len(slices.Compact(last)) > 1 {
			s.t.Errorf("last notices %q, want one, or one that was sent again", last)
		}
	}
	if _, err := s.App.Audit.Verify(s.t.Context(), nil, nil); err != nil {
		s.t.Error(err)
	}
}

func (s *site) mail() []string {
	s.t.Helper()
	text, err := os.ReadFile(filepath.Join(s.Config.DataDir, "mail"))
	s.Must(err)
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

// points runs two closures in a child that nobody kills, takes their certificate
// as the measure of all others, and gives the points that it came by.
func (s *site) points() []string {
	s.t.Helper()
	accounts, closures := s.people()
	record := filepath.Join(s.Config.DataDir, "points")
	if s.child(crashPlan{Closures: closures, Record: record}) {
		s.t.Fatal("the child was killed without a point")
	}
	s.want = content(s.t, s.World, closures[0])
	s.sound(accounts, closures)
	text, err := os.ReadFile(record)
	s.Must(err)
	points := strings.Split(strings.TrimSpace(string(text)), "\n")
	slices.Sort(points)
	return slices.Compact(points)
}

// A process that is killed at any point of an erasure, while it closes two
// accounts at once, leaves nothing that the next one does not bring to the same
// end.
func TestKilledAtAnyPoint(t *testing.T) {
	for _, engine := range apptest.Engines {
		t.Run(engine, func(t *testing.T) {
			s := newSite(t, engine)
			points := s.points()
			if len(points) < 10 {
				t.Fatalf("only %d points: %v", len(points), points)
			}
			for i, point := range points {
				for occurrence := 1; occurrence <= 2; occurrence++ {
					if testing.Short() && (i+occurrence)%5 > 0 {
						continue
					}
					t.Run(point+" "+map[int]string{1: "first", 2: "second"}[occurrence], func(t *testing.T) {
						s.in(t).killAt(point, occurrence)
					})
				}
			}
		})
	}
}

func (s *site) in(t *testing.T) *site {
	s.t, s.T, s.crm.t = t, t, t
	return s
}

func (s *site) killAt(point string, occurrence int) {
	s.t.Helper()
	accounts, closures := s.people()
	if !s.child(crashPlan{Closures: closures, Point: point, Time: occurrence}) {
		s.t.Errorf("never came to %s for the %d. time", point, occurrence)
	}
	s.goOn(closures)
	s.sound(accounts, closures)
}
