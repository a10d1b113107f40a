package access

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/session"
)

// What a step waits for.
const (
	stepSecondFactor = "second_factor" // of a sign-in
	stepEnrol        = "enrol"         // a new passkey's answer
	stepProof        = "proof"         // a passkey's answer, as a fresh proof
	stepSignIn       = "sign_in"       // any passkey's answer, instead of name and password
)

// Step is something that has begun and waits for its second half. Whatever ends
// an account's sessions ends its steps in the same commit.
type Step struct {
	Hash      []byte // of its token
	Purpose   string
	Account   string // "" while nobody is known
	Session   string // "" before there is one
	Device    session.Device
	App       string
	Resume    bool          // whether the sign-in ends a pause
	Proof     session.Proof // of the first half
	Data      string        // what a passkey was asked
	Tries     int
	CreatedAt time.Time
	ExpiresAt time.Time
}

// StepTx keeps steps.
type StepTx interface {
	InsertStep(ctx context.Context, st Step) error
	// Step reads a live step; its hash is nil where there is none.
	Step(ctx context.Context, purpose string, hash []byte, now time.Time) (Step, error)
	// TakeStep ends a live step and gives it; its hash is nil where there was
	// none: of any number of calls one gets it.
	TakeStep(ctx context.Context, purpose string, hash []byte, now time.Time) (Step, error)
	// FailStep counts a wrong answer, and ends the step with the last one that it
	// takes. It says whether there was a step.
	FailStep(ctx context.Context, hash []byte, most int) (bool, error)
	// EndSteps ends all steps of an account.
	EndSteps(ctx context.Context, account string) error
}

// Steps live for a few minutes and take a few wrong answers.
const (
	stepTTL   = 5 * time.Minute
	stepTries = 5
)

// stepPrefix marks the token of a step, so that secret scanners find a leaked one.
const stepPrefix = "sop_"

func errStep() error { return fault.New(fault.Unauthenticated, "step_not_valid") }

func hashStep(token string) []byte {
	h := sha256.Sum256([]byte(token))
	return h[:]
}

// open writes a new step and gives its token.
func (s *Service) open(ctx context.Context, tx Tx, st Step, now time.Time) (token string, until time.Time, err error) {
	b := make([]byte, 32)
	if _, err := io.ReadFull(s.Rand, b); err != nil {
		return "", until, fmt.Errorf("access: token: %w", err)
	}
	token = stepPrefix + base64.RawURLEncoding.EncodeToString(b)
	st.Hash, st.CreatedAt, st.ExpiresAt = hashStep(token), now, now.Add(stepTTL)
	return token, st.ExpiresAt, tx.InsertStep(ctx, st)
}

// peek reads a live step outside of the commit that takes it.
func (s *Service) peek(ctx context.Context, purpose, token string) (st Step, err error) {
	if !strings.HasPrefix(token, stepPrefix) {
		return st, errStep()
	}
	err = s.View(ctx, func(tx Tx) error {
		st, err = tx.Step(ctx, purpose, hashStep(token), s.Now())
		return err
	})
	if err == nil && st.Hash == nil {
		err = errStep()
	}
	return st, err
}

// take ends a step in the commit that acts on it. The caller holds the account's
// lock. A mark that was raised since it began has ended it too.
func (s *Service) take(ctx context.Context, tx Tx, st Step, now time.Time) error {
	got, err := tx.TakeStep(ctx, st.Purpose, st.Hash, now)
	if err != nil {
		return err
	}
	if got.Hash == nil || got.Account != st.Account {
		return errStep()
	}
	if st.Account == "" {
		return nil
	}
	mark, err := tx.NewestMark(ctx, st.Account)
	if err == nil && !got.CreatedAt.After(mark) {
		err = errStep()
	}
	return err
}

// failed counts a wrong answer to a step: after the last one there is no step.
func (s *Service) failed(ctx context.Context, st Step, wrong error) error {
	if !fault.Is(wrong, "code_wrong") && !fault.Is(wrong, "passkey_wrong") {
		return wrong
	}
	err := s.InTx(ctx, func(tx Tx) error {
		found, err := tx.FailStep(ctx, st.Hash, stepTries)
		if err == nil && !found {
			err = errStep()
		}
		return err
	})
	if err != nil {
		return err
	}
	return wrong
}
