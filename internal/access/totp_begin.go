package access

import (
	"bytes"
	"context"
	"encoding/base32"
	"slices"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
)

// Enrolment is a factor that waits for its first code. Secret and URL are told
// this once.
type Enrolment struct {
	ID     string
	Secret string // in base32, to be typed
	URL    string // otpauth://, to be shown as a QR code
}

// seedBytes is as long as the hash (RFC 4226, section 4, R6).
const seedBytes = 20

// BeginTOTP makes the secret of an authenticator app. It counts for nothing until
// ConfirmTOTP has seen a code of it; beginning again forgets it.
func (s *Service) BeginTOTP(ctx context.Context, account, name string) (out Enrolment, err error) {
	name = strings.TrimSpace(name)
	if err := checkFactorName(name); err != nil {
		return out, err
	}
	seed := make([]byte, seedBytes)
	if _, err := s.Rand.Read(seed); err != nil {
		return out, err
	}
	err = s.change(ctx, account, func(tx Tx, now time.Time) error {
		a, err := tx.Account(ctx, account)
		if err != nil {
			return err
		}
		all, err := tx.Factors(ctx, account)
		if err != nil {
			return err
		}
		for _, f := range all {
			if f.Kind == TOTP && f.ConfirmedAt.IsZero() {
				if _, err := tx.DeleteFactor(ctx, account, f.ID); err != nil {
					return err
				}
			}
		}
		if slices.ContainsFunc(all, func(f Factor) bool { return f.Kind == TOTP && !f.ConfirmedAt.IsZero() }) {
			return fault.New(fault.Conflict, "factor_exists")
		}
		if out, err = s.enrolment(a, s.NewID(), seed); err != nil {
			return err
		}
		return tx.InsertFactor(ctx, Factor{ID: out.ID, Account: account, Kind: TOTP, Name: name, Secret: out.Secret, CreatedAt: now})
	})
	return out, err
}

// enrolment writes a seed as apps take it.
func (s *Service) enrolment(a identity.Account, id string, seed []byte) (Enrolment, error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: s.Issuer, AccountName: label(a), Secret: seed, Rand: bytes.NewReader(seed)})
	if err != nil {
		return Enrolment{}, err
	}
	return Enrolment{ID: id, Secret: key.Secret(), URL: key.URL()}, nil
}

// Begun writes out once more what BeginTOTP has told, for whoever still holds the
// secret: of what is stored it tells nothing.
func (s *Service) Begun(ctx context.Context, account, id, secret string) (Enrolment, error) {
	seed, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil || len(seed) != seedBytes {
		return Enrolment{}, fault.New(fault.Invalid, "bad_request")
	}
	a, err := s.Accounts.Get(ctx, account)
	if err != nil {
		return Enrolment{}, err
	}
	return s.enrolment(a, id, seed)
}

// The figures that every authenticator app knows: six digits, SHA-1, half a
// minute. One step before and after is taken, for clocks that differ (RFC 6238,
// section 5.2).
const (
	totpPeriod = 30
	totpSkew   = 1
)

// stepOf finds the time step of a code, 0 for none.
func stepOf(secret, code string, now time.Time) int64 {
	at := now.Unix() / totpPeriod
	for d := int64(-totpSkew); d <= totpSkew; d++ {
		ok, err := totp.ValidateCustom(code, secret, time.Unix((at+d)*totpPeriod, 0),
			totp.ValidateOpts{Period: totpPeriod, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && ok {
			return at + d
		}
	}
	return 0
}

// useTOTP takes a code of one of the account's apps, once.
func useTOTP(ctx context.Context, tx Tx, factors []Factor, code string, now time.Time) error {
	for _, f := range factors {
		if f.Kind != TOTP {
			continue
		}
		if step := stepOf(f.Secret, code, now); step != 0 {
			ok, err := tx.UseCode(ctx, f.ID, step, now)
			if err != nil || ok {
				return err
			}
		}
	}
	return errCode()
}

func errCode() error { return fault.New(fault.Unauthenticated, "code_wrong") }
