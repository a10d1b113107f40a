package onetime

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"math/big"
	"strconv"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/signal"
)

// Issue writes a new code, and the notice that carries it, into the caller's
// commit. It ends the live code of the same purpose and binding. It answers
// too_many_codes, with the time to wait, when the subject or the address had one
// a moment ago or too many within the hour.
func (s *Service) Issue(ctx context.Context, tx Tx, o Order, now time.Time) (Issued, error) {
	if o.Form == "" {
		o.Form = Code
	}
	c := Stored{ID: s.NewID(), Purpose: o.Purpose, Binding: o.Binding, Account: o.Account, Form: o.Form,
		CreatedAt: now, ExpiresAt: now.Add(o.ttl())}
	c.Subject, c.Address = s.subject(o), s.Hash("onetime.address", o.Channel+" "+o.Address)
	if o.Decoy { // it goes nowhere, and costs what a real one would have cost
		c.Address = s.Hash("onetime.nowhere", string(c.Subject))
	}
	send, err := s.Limits.allow(ctx, tx, o, c.Subject, c.Address, now)
	if err != nil {
		return Issued{}, err
	}
	if !send {
		c.Address = c.Subject // what is not sent does not make the address wait longer
	}
	secret, err := s.secret(o.Form)
	if err != nil {
		return Issued{}, err
	}
	c.Hash = s.hash(c.ID, o.Form, secret)
	if err := tx.ReplaceCode(ctx, o.Purpose, o.Binding, now); err != nil {
		return Issued{}, err
	}
	if err := tx.InsertCode(ctx, c); err != nil {
		return Issued{}, err
	}
	out := Issued{ID: c.ID, ExpiresAt: c.ExpiresAt, Next: now.Add(s.Limits.pause)}
	if o.Decoy || !send {
		return out, nil
	}
	if err := tx.EnqueueNotice(ctx, s.notice(o, c, secret)); err != nil {
		return Issued{}, err
	}
	return out, s.log(ctx, tx, "code.issued", c, now)
}

func (o Order) ttl() time.Duration {
	switch {
	case o.TTL > 0:
		return o.TTL
	case o.Form == Link:
		return LinkTTL
	}
	return CodeTTL
}

// subject is whom the limits count for: nobody but the address where there is
// neither a subject nor an account.
func (s *Service) subject(o Order) []byte {
	switch {
	case o.Subject != "":
		return s.Hash("onetime.subject", o.Subject)
	case o.Account != "":
		return s.Hash("onetime.account", o.Account)
	}
	return s.Hash("onetime.address", o.Channel+" "+o.Address)
}

// secret draws what the person will give back.
func (s *Service) secret(f Form) (string, error) {
	if f == Link {
		b := make([]byte, 32)
		if _, err := io.ReadFull(s.Rand, b); err != nil {
			return "", fmt.Errorf("onetime: token: %w", err)
		}
		return LinkPrefix + base64.RawURLEncoding.EncodeToString(b), nil
	}
	n, err := rand.Int(s.Rand, big.NewInt(1_000_000))
	if err != nil {
		return "", fmt.Errorf("onetime: code: %w", err)
	}
	return fmt.Sprintf("%06d", n), nil
}

// hash is what is stored of a secret. A code is hashed together with its own
// id: equal codes have nothing in common. A link is found by its hash.
func (s *Service) hash(id string, f Form, secret string) []byte {
	if f == Link {
		return s.Hash("onetime.link", secret)
	}
	return s.Hash("onetime.code", id+" "+secret)
}

func (s *Service) notice(o Order, c Stored, secret string) signal.Notice {
	args := map[string]string{"purpose": o.Purpose, "minutes": strconv.Itoa(int(c.ExpiresAt.Sub(c.CreatedAt).Minutes()))}
	maps.Copy(args, o.args)
	if o.Form == Link {
		args["link"] = o.URL(secret)
	} else {
		args["code"] = secret
	}
	n := signal.Notice{ID: s.NewID(), Account: o.Account, Kind: o.Notice, Locale: o.Locale, Channel: o.Channel,
		Address: o.Address, Args: args, CreatedAt: c.CreatedAt, ExpiresAt: c.ExpiresAt}
	if n.Kind == "" {
		n.Kind = signal.OneTimeCode
	}
	return n
}

func (s *Service) log(ctx context.Context, tx audit.Tx, action string, c Stored, now time.Time) error {
	return tx.AppendAudit(ctx, audit.Entry{ID: s.NewID(), At: now, Actor: audit.System(), Action: action, Account: c.Account,
		Object: c.ID, Data: map[string]string{"purpose": c.Purpose, "form": string(c.Form)}})
}
