package access

import (
	"context"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/onetime"
	"github.com/signoff-id/signoff/internal/session"
)

// Answer is how a person shows who it is. One of its fields is set.
type Answer struct {
	Password     string
	Code         string // of an authenticator app
	RecoveryCode string
	MailedCode   string // or one by text message
	Step         string // with Passkey: the token of the step that asked for it
	Passkey      []byte // the browser's answer, as JSON
}

func (a Answer) check(allowed ...string) error {
	given := []string{}
	for name, set := range map[string]bool{"password": a.Password != "", "code": a.Code != "", "recovery_code": a.RecoveryCode != "",
		"mailed_code": a.MailedCode != "", "passkey": len(a.Passkey) > 0} {
		if set {
			given = append(given, name)
		}
	}
	if len(given) != 1 || !slices.Contains(allowed, given[0]) {
		return fault.Wrong().At("", "one_proof", "allowed", allowed)
	}
	return nil
}

// byFactor checks a second factor inside the commit that acts on it.
func (s *Service) byFactor(ctx context.Context, tx Tx, account string, a Answer, asked string, now time.Time) (methods []string, err error) {
	factors, err := confirmed(ctx, tx, account)
	if err != nil {
		return nil, err
	}
	switch {
	case a.Code != "":
		return []string{session.MethodCode}, useTOTP(ctx, tx, factors, onetime.Digits(a.Code), now)
	case a.RecoveryCode != "":
		return []string{session.MethodCode}, s.useRecovery(ctx, tx, account, a.RecoveryCode, now)
	default:
		return s.usePasskey(ctx, tx, account, factors, asked, a.Passkey, now)
	}
}

// together names the methods of a proof by several of them.
func together(first session.Proof, more []string, at time.Time) session.Proof {
	methods := slices.Clone(first.Methods)
	for _, m := range more {
		if !slices.Contains(methods, m) {
			methods = append(methods, m)
		}
	}
	if len(methods) > 1 && !slices.Contains(methods, session.MethodMany) {
		methods = append(methods, session.MethodMany)
	}
	return session.Proof{At: at, Methods: methods}
}
