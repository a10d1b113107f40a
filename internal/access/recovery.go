package access

import (
	"context"
	"encoding/base32"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/signal"
)

// RecoveryTx keeps the keyed hashes of recovery codes.
type RecoveryTx interface {
	// ReplaceRecoveryCodes forgets the old ones.
	ReplaceRecoveryCodes(ctx context.Context, account string, hashes [][]byte) error
	// UseRecoveryCode says whether it was this call that used the code up.
	UseRecoveryCode(ctx context.Context, account string, hash []byte, at time.Time) (bool, error)
	CountRecoveryCodes(ctx context.Context, account string) (int, error)
}

// recoveryCodes is how many there are. Each has 80 random bits.
const (
	recoveryCodes = 10
	recoveryBytes = 10
)

// RenewRecoveryCodes makes new recovery codes, told this once; the old ones are
// worth nothing any more.
func (s *Service) RenewRecoveryCodes(ctx context.Context, account, session string) (codes []string, err error) {
	err = s.change(ctx, account, func(tx Tx, now time.Time) error {
		all, err := confirmed(ctx, tx, account)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return fault.New(fault.Conflict, "factor_none")
		}
		if codes, err = s.newCodes(ctx, tx, account); err != nil {
			return err
		}
		return s.factorChanged(ctx, tx, member(account), account, session, signal.FactorAdded, Recovery, now)
	})
	return codes, err
}

// firstCodes makes recovery codes where there are none.
func (s *Service) firstCodes(ctx context.Context, tx Tx, account string) ([]string, error) {
	n, err := tx.CountRecoveryCodes(ctx, account)
	if err != nil || n > 0 {
		return nil, err
	}
	return s.newCodes(ctx, tx, account)
}

func (s *Service) newCodes(ctx context.Context, tx Tx, account string) (codes []string, err error) {
	var hashes [][]byte
	for range recoveryCodes {
		b := make([]byte, recoveryBytes)
		if _, err := io.ReadFull(s.Rand, b); err != nil {
			return nil, fmt.Errorf("access: recovery code: %w", err)
		}
		c := strings.ToLower(base32.StdEncoding.EncodeToString(b))
		hashes = append(hashes, s.hashRecovery(account, c))
		codes = append(codes, c[:4]+"-"+c[4:8]+"-"+c[8:12]+"-"+c[12:])
	}
	return codes, tx.ReplaceRecoveryCodes(ctx, account, hashes)
}

func (s *Service) hashRecovery(account, typed string) []byte {
	typed = strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' {
			return -1
		}
		return r
	}, strings.ToLower(strings.TrimSpace(typed)))
	return s.Hash("access.recovery", account+" "+typed)
}

func (s *Service) useRecovery(ctx context.Context, tx Tx, account, typed string, now time.Time) error {
	ok, err := tx.UseRecoveryCode(ctx, account, s.hashRecovery(account, typed), now)
	if err == nil && !ok {
		err = errCode()
	}
	return err
}
