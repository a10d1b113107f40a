package session

import (
	"context"
	"strconv"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/signal"
)

// Ending says whose sessions end, when, why and by whom.
type Ending struct {
	Scope        Scope
	Account      string // of the scopes OneSession, ADevice and OnePerson
	Organisation string // of the scopes ADepartment and Organisation; else whom an admin acts for, or ""
	Target       string // the session, device or department
	Path         string // of the department
	SpareOwners  bool   // of the department: creators and super admins go on
	Except       string // with OnePerson: a session that goes on, or ""
	App          string // with OnePerson: only the sessions of this app; "" for the whole platform
	Cause        Cause
	By           audit.Actor
	Reason       string // as typed; may be personal
	Order        string // the order that a second person approved, or ""
	At           time.Time
}

// ended is what an ending did.
type ended struct {
	count    int      // of sessions that were valid until then, or Everybody
	accounts []string // whose they were, and whose will end; nil for Everybody
}

// Everybody is the count of an organisation's sign-out: one mark was raised, and
// nobody counted whom it ended.
const Everybody = -1

// End ends sessions inside any room's commit. It is the one way: whatever the
// cause, it publishes one event and appends one audit entry, and does neither
// when nothing was left to end. It takes the account's lock first where there
// is one account, so a sign-in that runs at the same time either is seen here
// or sees what the commit has changed.
func (s *Service) End(ctx context.Context, tx Tx, e Ending) error {
	_, err := s.end(ctx, tx, e)
	return err
}

// end is End, and says what it did.
func (s *Service) end(ctx context.Context, tx Tx, e Ending) (ended, error) {
	done, err := apply(ctx, tx, e)
	if err != nil || done.count == 0 {
		return done, err
	}
	err = tx.PublishEvent(ctx, signal.Event{ID: s.NewID(), Kind: signal.SessionsEnded, At: e.At, Scope: string(e.Scope), Account: e.Account,
		Organisation: e.Organisation, Object: e.Target, App: e.App, Cause: string(e.Cause), Initiator: initiator(e.By, e.Cause)})
	if err != nil {
		return done, err
	}
	entry := audit.Entry{ID: s.NewID(), At: e.At, Actor: e.By, Action: "sessions.ended", Organisation: e.Organisation, Account: e.Account,
		Object: e.Target, Data: map[string]string{"scope": string(e.Scope), "cause": string(e.Cause), "ended": counted(done.count)}}
	if e.App != "" {
		entry.Data["app"] = e.App
	}
	if e.Order != "" {
		entry.Data["order"] = e.Order
	}
	return done, tx.AppendAudit(ctx, entry)
}

// apply writes an ending, as its scope wants it.
func apply(ctx context.Context, tx Tx, e Ending) (done ended, err error) {
	switch e.Scope {
	case Organisation:
		// One write: nobody is counted or told one by one.
		return ended{count: Everybody}, tx.RaiseOrganisation(ctx, e.Organisation, e.At)
	case ADepartment:
		if done.accounts, err = tx.AffectedBy(ctx, e); err != nil {
			return done, err
		}
		done.count, err = tx.EndDepartment(ctx, e)
		return done, err
	}
	if err := tx.LockAccount(ctx, e.Account); err != nil {
		return done, err
	}
	switch {
	case e.Cause == ByExpiry || e.Cause == ByIdling:
		done.count, err = tx.EndLapsed(ctx, e)
	case e.Scope == OneSession:
		done.count, err = tx.EndSession(ctx, e)
	default:
		done.count, err = tx.EndAccount(ctx, e)
	}
	if done.count > 0 {
		done.accounts = []string{e.Account}
	}
	return done, err
}

func counted(n int) string {
	if n == Everybody {
		return "all"
	}
	return strconv.Itoa(n)
}

// EndAll ends all sessions of an account but the one with the id except, ""
// for every one, in another room's commit.
func (s *Service) EndAll(ctx context.Context, tx Tx, by audit.Actor, account, except string, c Cause, at time.Time) error {
	return s.End(ctx, tx, Ending{Scope: OnePerson, Account: account, Except: except, Cause: c, By: by, At: at})
}
