package identity

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/signal"
)

// NewAccount is what is asked for when an account is made.
type NewAccount struct {
	Name        string
	Locale      string // "" means zh-CN
	Password    string // "" makes an account that nobody can sign in to yet
	Identifiers []Identifier
	// Verified says that whoever makes the account knows the identifiers to be the
	// person's own: codes and links go to verified ones only.
	Verified bool
}

// Create makes an account. It answers invalid_input with every wrong field,
// identifier_taken or identifier_reserved.
func (s *Service) Create(ctx context.Context, by audit.Actor, in NewAccount) (Account, error) {
	a, err := s.Accept(in)
	if err != nil {
		return Account{}, err
	}
	phc := ""
	if in.Password != "" {
		if phc, err = s.Hasher.Hash(ctx, in.Password); err != nil {
			return Account{}, err
		}
	}
	err = s.InTx(ctx, func(tx Tx) error {
		a.CreatedAt = s.Now()
		return s.Insert(ctx, tx, by, a, phc)
	})
	return a, err
}

// Insert writes an account that Accept has taken into another room's commit.
// CreatedAt must be set. It answers identifier_taken or identifier_reserved.
func (s *Service) Insert(ctx context.Context, tx Tx, by audit.Actor, a Account, phc string) error {
	if err := tx.InsertAccount(ctx, a); err != nil {
		return err
	}
	for _, id := range a.Identifiers {
		if err := tx.InsertIdentifier(ctx, a.ID, id, a.CreatedAt); err != nil {
			return err
		}
		if a.Verified == nil {
			continue
		}
		if _, err := tx.VerifyIdentifier(ctx, a.ID, id, a.CreatedAt); err != nil {
			return err
		}
		a.Verified[id] = a.CreatedAt
	}
	if phc != "" {
		if err := tx.SetPasswordHash(ctx, a.ID, phc, a.CreatedAt); err != nil {
			return err
		}
	}
	if err := s.welcome(ctx, tx, a, a.CreatedAt); err != nil {
		return err
	}
	return tx.AppendAudit(ctx, audit.Entry{ID: s.NewID(), At: a.CreatedAt, Actor: by, Action: "account.created", Account: a.ID})
}

func (s *Service) welcome(ctx context.Context, tx Tx, a Account, now time.Time) error {
	return inbox.Tell(ctx, tx, signal.Notice{ID: s.NewID(), Account: a.ID, Kind: signal.AccountCreated, CreatedAt: now})
}

// Accept checks and normalises everything before anything is written.
func (s *Service) Accept(in NewAccount) (Account, error) {
	bad := fault.Wrong()
	a := Account{ID: s.NewID(), State: Active, Name: strings.TrimSpace(in.Name)}
	var err error
	if a.Locale, err = checkLocale(in.Locale); err != nil {
		bad = bad.At("locale", "locale_unknown")
	}
	if utf8.RuneCountInString(a.Name) > 200 {
		bad = bad.At("name", "name_too_long", "max", 200)
	}
	if len(in.Identifiers) == 0 {
		bad = bad.At("identifiers", "identifier_required")
	}
	if in.Verified {
		a.Verified = map[Identifier]time.Time{}
	}
	seen := map[Identifier]bool{}
	for i, raw := range in.Identifiers {
		id, err := Normalise(raw.Kind, raw.Value)
		for _, f := range fields(err) {
			bad = bad.At(at("identifiers", i, f.Path), f.Code, flat(f.Args)...)
		}
		if err == nil && !seen[id] {
			seen[id] = true
			a.Identifiers = append(a.Identifiers, id)
		}
	}
	if in.Password != "" {
		for _, f := range fields(s.Rules.Check(in.Password, a.Words()...)) {
			bad = bad.At(f.Path, f.Code, flat(f.Args)...)
		}
	}
	if len(bad.Fields) > 0 {
		return Account{}, bad
	}
	return a, nil
}

func fields(err error) []fault.Field {
	if err == nil {
		return nil
	}
	return fault.Of(err).Fields
}

// flat turns a field's arguments back into pairs.
func flat(args map[string]any) (pairs []any) {
	for k, v := range args {
		pairs = append(pairs, k, v)
	}
	return pairs
}
