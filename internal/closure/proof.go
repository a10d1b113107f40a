package closure

import (
	"context"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/session"
)

// Proof is how the person who confirms a closure shows who it is: by the
// password, checked a moment before the commit, or else by the last proof that
// was given on the session after it began. Signing in is not enough: with a
// stolen session one could close the account.
type Proof struct {
	Password *identity.Proven
	Session  session.Session
	MaxAge   time.Duration // of the session's last proof; a policy may want a fresher one
	Force    bool          // begin whatever work apps have in hand
}

// inPolicies says what policies call the methods of a proof.
var inPolicies = map[string]string{session.MethodPassword: "password", session.MethodHardware: "passkey", session.MethodSoftware: "passkey",
	session.MethodCode: "one_time_code", session.MethodMail: "one_time_code"}

// holds refuses, inside the commit that rests on it, a proof that no longer holds
// or that the policy does not take.
func (how Proof) holds(ctx context.Context, tx Tx, account string, wanted policy.Proof, now time.Time) error {
	given := session.Proof{Methods: []string{session.MethodPassword}}
	if how.Password != nil {
		if err := how.Password.StillHolds(ctx, tx); err != nil {
			return err
		}
		given.At = how.Password.At
	} else {
		// The session may have ended a moment ago.
		is, err := tx.Session(ctx, how.Session.ID)
		if err != nil {
			return err
		}
		if is.Account != account || !is.EndedAt.IsZero() {
			return session.ErrNotValid()
		}
		if !how.given(is, now) {
			return errProof(how.MaxAge)
		}
		given = is.Proof
	}
	if !taken(given, wanted, now) {
		return errProof(wanted.MaxAge)
	}
	return nil
}

// Suffices says whether the last proof on the session would confirm a closure.
func (how Proof) Suffices(c View, now time.Time) bool {
	return how.given(how.Session, now) && taken(how.Session.Proof, c.Policy.Proof, now)
}

// given says whether a fresh proof was given on a session after it began.
func (how Proof) given(on session.Session, now time.Time) bool {
	return on.Proof.At.After(on.CreatedAt) && on.Proof.Fresh(now, how.MaxAge)
}

// taken says whether a policy takes a proof.
func taken(p session.Proof, wanted policy.Proof, now time.Time) bool {
	known := func(m string) bool { return slices.Contains(wanted.Methods, inPolicies[m]) }
	return slices.ContainsFunc(p.Methods, known) && now.Sub(p.At) <= wanted.MaxAge
}

func errProof(age time.Duration) error {
	return fault.New(fault.Unauthenticated, "proof_required", "minutes", int(age.Minutes()))
}
