package inbox

import (
	"context"
	"maps"
	"slices"

	"github.com/signoff-id/signoff/internal/signal"
)

// Tell puts a notice to an account into the caller's commit: into its inbox, and
// into the outbox for the one channel that reaches it. The caller gives ID,
// Account, Kind, Args and CreatedAt, and Locale where it is another than the
// account's. An account that nothing reaches gets a notice without an address:
// the trail shows it.
func Tell(ctx context.Context, tx Tx, n signal.Notice) error {
	r, err := tx.Recipient(ctx, n.Account, n.Kind)
	if err != nil {
		return err
	}
	rule, _ := signal.RuleOf(n.Kind)
	wanted := func(channel string) bool { return rule.Required || !slices.Contains(r.Muted, channel) }
	if !rule.NotKept && !r.Ending && wanted(signal.Inbox) {
		err := tx.InsertItem(ctx, Item{ID: n.ID, Account: n.Account, Kind: n.Kind, Args: without(n.Args, rule.Secrets), CreatedAt: n.CreatedAt})
		if err != nil {
			return err
		}
	}
	n.Channel, n.Address = r.reach(rule)
	if n.Locale == "" {
		n.Locale = r.Locale
	}
	if r.Paused && !rule.Required || !wanted(n.Channel) || n.Address == "" && rule.MailOnly {
		return nil
	}
	return tx.EnqueueNotice(ctx, n)
}

// reach gives the channel and address: mail, or a text message to those who have
// a number and no address.
func (r Recipient) reach(rule signal.Rule) (channel, address string) {
	if r.Mail == "" && r.Mobile != "" && !rule.MailOnly {
		return signal.SMS, r.Mobile
	}
	return signal.Mail, r.Mail
}

func without(args map[string]string, names []string) map[string]string {
	if len(names) == 0 {
		return args
	}
	args = maps.Clone(args)
	for _, name := range names {
		delete(args, name)
	}
	return args
}
