package onetime

import (
	"context"
	"crypto/subtle"
	"strings"
	"time"
)

// Check compares what a person typed with the live code for k, outside any
// transaction. The try is counted and committed first. It answers code_wrong.
func (s *Service) Check(ctx context.Context, k Key, typed string) (Right, error) {
	typed = Digits(typed)
	if len(typed) != 6 {
		return Right{}, ErrWrong() // no code at all: a slip, not a guess
	}
	var c Stored
	var ok bool
	err := s.InTx(ctx, func(tx Tx) (err error) {
		now := s.Now()
		if c, ok, err = tx.TryCode(ctx, k, Tries, now); err != nil || !ok {
			return err
		}
		if c.Tries == Tries && !s.fits(c, typed) {
			return s.log(ctx, tx, "code.exhausted", c, now)
		}
		return nil
	})
	if err != nil {
		return Right{}, err
	}
	if !ok || !s.fits(c, typed) {
		return Right{}, ErrWrong()
	}
	return Right{ID: c.ID, Purpose: c.Purpose, Binding: c.Binding, Account: c.Account, form: c.Form}, nil
}

func (s *Service) fits(c Stored, typed string) bool {
	return subtle.ConstantTimeCompare(c.Hash, s.hash(c.ID, Code, typed)) == 1
}

// Digits takes a code as people write it: with spaces or a hyphen in between,
// or in the wide digits of a Chinese keyboard.
func Digits(typed string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '-' || r == '\u00a0' || r == '\u3000':
			return -1
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		}
		return r
	}, strings.TrimSpace(typed))
}

// CheckLink finds the request that a link's token belongs to. It answers
// code_wrong. Looking uses nothing up: mail programs open links by themselves.
func (s *Service) CheckLink(ctx context.Context, purpose, token string) (Right, error) {
	if !strings.HasPrefix(token, LinkPrefix) {
		return Right{}, ErrWrong()
	}
	var c Stored
	var ok bool
	err := s.View(ctx, func(tx Tx) (err error) {
		c, ok, err = tx.CodeByLink(ctx, purpose, s.hash("", Link, token), s.Now())
		return err
	})
	if err != nil {
		return Right{}, err
	}
	if !ok {
		return Right{}, ErrWrong()
	}
	return Right{ID: c.ID, Purpose: c.Purpose, Binding: c.Binding, Account: c.Account, form: c.Form}, nil
}

// Spend uses a code up, in the commit that acts on it. It answers code_wrong when
// the code was spent, replaced or revoked since it was checked, or has expired.
func (s *Service) Spend(ctx context.Context, tx Tx, r Right, now time.Time) error {
	done, err := tx.SpendCode(ctx, r.ID, now)
	if err != nil {
		return err
	}
	if !done {
		return ErrWrong()
	}
	return s.log(ctx, tx, "code.spent", Stored{ID: r.ID, Purpose: r.Purpose, Account: r.Account, Form: r.form}, now)
}
