package org

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/signal"
)

// TransferState is where a transfer stands.
type TransferState string

// The states; all but the first are ends.
const (
	TransferAsked     TransferState = "asked"
	TransferAccepted  TransferState = "accepted"
	TransferDeclined  TransferState = "declined"
	TransferWithdrawn TransferState = "withdrawn"
	TransferExpired   TransferState = "expired"
)

// transferFor is how long a successor may take to answer.
const transferFor = 7 * 24 * time.Hour

// Transfer is the hand-over of a role, of offices or of both to a successor. It
// changes nothing until the successor accepts.
type Transfer struct {
	ID           string
	Organisation string
	From         string // the holder's account
	To           string // the successor's
	Role         string // Creator, SuperAdmin, or "" where the role stays
	Offices      []string
	State        TransferState
	AskedAt      time.Time
	ExpiresAt    time.Time
	EndedAt      time.Time // zero while it waits for an answer
}

// NewTransfer is what a holder asks for.
type NewTransfer struct {
	Organisation string
	Successor    string
	Role         string
	Offices      []string
}

// AskTransfer asks a successor to take over. It answers organisation_not_found
// to who is no member, not_the_holder for what the holder does not have,
// successor_unknown, and transfer_open. The caller has a fresh proof of identity.
func (s *Service) AskTransfer(ctx context.Context, account string, n NewTransfer) (t Transfer, err error) {
	if err := n.check(); err != nil {
		return Transfer{}, err
	}
	err = s.InTx(ctx, func(tx Tx) error {
		if err := lockBoth(ctx, tx, n.Organisation, account, n.Successor); err != nil {
			return err
		}
		t = Transfer{ID: s.NewID(), Organisation: n.Organisation, From: account, To: n.Successor, Role: n.Role, Offices: n.Offices, State: TransferAsked}
		if err := t.stillHolds(ctx, tx); err != nil {
			return err
		}
		if err := MustBeOpen(ctx, tx, t.Organisation); err != nil {
			return err
		}
		t.AskedAt = s.Now()
		t.ExpiresAt = t.AskedAt.Add(transferFor)
		if err := tx.InsertTransfer(ctx, t); err != nil {
			return err
		}
		if err := s.noteTransfer(ctx, tx, t, account, "asked", t.AskedAt); err != nil {
			return err
		}
		return s.tell(ctx, tx, t, signal.RoleTransferAsked, t.AskedAt, t.To)
	})
	return t, err
}

func (n NewTransfer) check() error {
	bad := fault.Wrong()
	if n.Organisation == "" {
		bad = bad.At("organisation_id", "required")
	}
	if n.Successor == "" {
		bad = bad.At("successor_id", "required")
	}
	if n.Role != "" && !Owns(n.Role) {
		bad = bad.At("role", "transfer_role_unknown")
	}
	for _, o := range n.Offices {
		if !slices.Contains(Offices(), o) {
			bad = bad.At("offices", "office_unknown")
		}
	}
	if n.Role == "" && len(n.Offices) == 0 {
		bad = bad.At("role", "transfer_empty")
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// lockBoth takes the locks of two accounts in the order of their ids, then that
// of the organisation. An account that is not there is found out later, together
// with one that is no member.
func lockBoth(ctx context.Context, tx Tx, organisation, one, other string) error {
	for _, id := range []string{min(one, other), max(one, other)} {
		if err := tx.LockAccount(ctx, id); err != nil && !fault.Is(err, "account_not_found") {
			return err
		}
	}
	return tx.LockOrganisation(ctx, organisation)
}

// stillHolds says whether the transfer could be done now: the holder has what is
// handed over, and the successor is another, active member.
func (t Transfer) stillHolds(ctx context.Context, tx Tx) error {
	from, err := tx.Member(ctx, t.Organisation, t.From)
	if err != nil {
		return err
	}
	if from.Account == "" {
		return ErrNoOrganisation()
	}
	if t.Role != "" && from.Role != t.Role || slices.ContainsFunc(t.Offices, func(o string) bool { return !slices.Contains(from.Offices, o) }) {
		return fault.New(fault.Conflict, "not_the_holder")
	}
	to, err := tx.Member(ctx, t.Organisation, t.To)
	if err != nil {
		return err
	}
	unknown := fault.Wrong().At("successor_id", "successor_unknown")
	if to.Account == "" || t.To == t.From {
		return unknown
	}
	a, err := tx.Account(ctx, t.To)
	if err == nil && a.State != identity.Active {
		err = unknown
	}
	return err
}

func (s *Service) noteTransfer(ctx context.Context, tx Tx, t Transfer, by, event string, now time.Time) error {
	who := audit.Actor{Kind: audit.KindMember, ID: by}
	if by == "" {
		who = audit.Actor{Kind: audit.KindSystem}
	}
	return s.note(ctx, tx, who, now, audit.Entry{Action: "role_transfer." + event, Organisation: t.Organisation, Account: t.From, Object: t.ID,
		Data: map[string]string{"role": t.Role, "offices": strings.Join(t.Offices, ","), "successor": t.To}})
}

// tell puts a notice about a transfer into the outbox, for each of the accounts.
func (s *Service) tell(ctx context.Context, tx Tx, t Transfer, kind string, now time.Time, accounts ...string) error {
	o, err := tx.Organisation(ctx, t.Organisation)
	if err != nil {
		return err
	}
	for _, id := range accounts {
		a, err := tx.Account(ctx, id)
		if err != nil {
			return err
		}
		args := map[string]string{"organisation": o.Name, "what": t.words(a.Locale)}
		if kind == signal.RoleTransferAsked || kind == signal.RoleTransferExpired {
			args["until"] = t.ExpiresAt.UTC().Format(time.DateOnly)
		}
		err = inbox.Tell(ctx, tx, signal.Notice{ID: s.NewID(), Account: id, Kind: kind, Args: args, CreatedAt: now})
		if err != nil {
			return err
		}
	}
	return nil
}

// places are what can be handed over, as notices call it in each language.
var places = map[string]map[string]string{
	Creator: language.Each("创建人", "the role of creator"), SuperAdmin: language.Each("超级管理员", "the role of super admin"),
	LegalRepresentative: language.Each("法定代表人", "the office of legal representative"), FinanceOfficer: language.Each("财务负责人", "the office of finance officer"),
}

// words lists what is handed over, each on a line of its own.
func (t Transfer) words(locale string) string {
	var lines []string
	for _, what := range append([]string{t.Role}, t.Offices...) {
		if what != "" {
			lines = append(lines, "- "+places[what][language.OrEnglish(locale)])
		}
	}
	return strings.Join(lines, "\n")
}
