package inbox

import (
	"context"
	"slices"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/signal"
)

// Preference says on which channels an account is told of one kind.
type Preference struct {
	Kind             string
	Required         bool // cannot be muted
	Mail, SMS, Inbox bool
}

// Choice changes a preference; what is nil stays.
type Choice struct{ Mail, SMS, Inbox *bool }

// Preferences gives how an account is told of every kind that there is.
func (s *Service) Preferences(ctx context.Context, account string) (all []Preference, err error) {
	err = s.View(ctx, func(tx Tx) error {
		all, err = preferences(ctx, tx, account)
		return err
	})
	return all, err
}

func preferences(ctx context.Context, tx Tx, account string) ([]Preference, error) {
	mutes, err := tx.Mutes(ctx, account)
	if err != nil {
		return nil, err
	}
	var all []Preference
	for _, r := range signal.Rules() {
		wanted := func(channel string) bool { return r.Required || !slices.Contains(mutes, Mute{r.Kind, channel}) }
		all = append(all, Preference{Kind: r.Kind, Required: r.Required, Mail: wanted(signal.Mail),
			SMS: !r.MailOnly && wanted(signal.SMS), Inbox: !r.NotKept && wanted(signal.Inbox)})
	}
	return all, nil
}

// Prefer changes on which channels an account is told of one kind. It answers
// notice_kind_not_found, and notice_required for a kind that is always told.
func (s *Service) Prefer(ctx context.Context, by audit.Actor, account, kind string, c Choice) (p Preference, err error) {
	rule, known := signal.RuleOf(kind)
	if !known {
		return Preference{}, fault.New(fault.NotFound, "notice_kind_not_found")
	}
	if rule.Required {
		return Preference{}, fault.New(fault.Conflict, "notice_required")
	}
	err = s.InTx(ctx, func(tx Tx) error {
		if err := tx.LockAccount(ctx, account); err != nil {
			return err
		}
		data := map[string]string{"kind": kind}
		for channel, on := range map[string]*bool{signal.Mail: c.Mail, signal.SMS: c.SMS, signal.Inbox: c.Inbox} {
			if on == nil {
				continue
			}
			if err := tx.SetMute(ctx, account, Mute{kind, channel}, !*on); err != nil {
				return err
			}
			data[channel] = map[bool]string{true: "on", false: "off"}[*on]
		}
		all, err := preferences(ctx, tx, account)
		if err != nil {
			return err
		}
		p = all[slices.IndexFunc(all, func(p Preference) bool { return p.Kind == kind })]
		return tx.AppendAudit(ctx, audit.Entry{ID: s.NewID(), At: s.Now(), Actor: by, Action: "notice.preferred", Account: account, Data: data})
	})
	return p, err
}
