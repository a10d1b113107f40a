package onetime

import (
	"context"
	"encoding/base64"
	"time"
)

// Made is a code with its secret, for a hand-over that is not by notice.
type Made struct {
	ID        string
	Secret    string // told this once
	ExpiresAt time.Time
}

// Make is Issue for somebody who hands the code over by hand, such as an
// operator on the telephone: nothing is sent, and the limits, which are there for
// strangers, do not count it. It ends the live code of the same purpose and
// binding.
func (s *Service) Make(ctx context.Context, tx Tx, o Order, now time.Time) (Made, error) {
	if o.Form == "" {
		o.Form = Code
	}
	c := Stored{ID: s.NewID(), Purpose: o.Purpose, Binding: o.Binding, Account: o.Account, Form: o.Form, CreatedAt: now, ExpiresAt: now.Add(o.ttl())}
	secret, err := s.secret(o.Form)
	if err != nil {
		return Made{}, err
	}
	c.Hash = s.hash(c.ID, o.Form, secret)
	c.Subject = s.Hash("onetime.made", c.ID) // nobody's turn
	c.Address = c.Subject
	if err := tx.ReplaceCode(ctx, o.Purpose, o.Binding, now); err != nil {
		return Made{}, err
	}
	if err := tx.InsertCode(ctx, c); err != nil {
		return Made{}, err
	}
	return Made{ID: c.ID, Secret: secret, ExpiresAt: c.ExpiresAt}, s.log(ctx, tx, "code.issued", c, now)
}

// Bind makes a binding of a keyed hash, for what must not stand in clear.
func Bind(hash []byte) string { return base64.RawURLEncoding.EncodeToString(hash) }
