package apptest

import (
	"time"

	"github.com/signoff-id/signoff/internal/delivery"
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/signal"
	"github.com/signoff-id/signoff/internal/store"
)

// Tell tells an account something, as the rooms do in their commits.
func (w *World) Tell(n signal.Notice) {
	w.T.Helper()
	n.ID, n.CreatedAt = w.App.Inbox.NewID(), w.Clock.Now()
	w.Must(w.App.DB.Update(w.T.Context(), func(tx *store.Tx) error { return inbox.Tell(w.T.Context(), tx, n) }))
}

// Letters takes the notices that wait for an account out of the outbox, the
// oldest first, with the codes and links in them; "" is for those who have no
// account. Nothing is sent any more.
func (w *World) Letters(account string) (all []signal.Notice) {
	w.T.Helper()
	ctx := w.T.Context()
	rows, err := w.App.DB.Read.QueryContext(ctx, `SELECT id FROM notices WHERE account_id = $1 AND ended_at IS NULL ORDER BY id`, account)
	w.Must(err)
	var ids []string
	for rows.Next() {
		var id string
		w.Must(rows.Scan(&id))
		ids = append(ids, id)
	}
	w.Must(rows.Err())
	w.Must(rows.Close())
	for _, id := range ids {
		w.Must(w.App.DB.Update(ctx, func(tx *store.Tx) error {
			now := w.Clock.Now()
			n, ok, err := tx.ClaimNotice(ctx, id, now, now.Add(time.Second))
			if err != nil || !ok {
				return err
			}
			if rule, _ := signal.RuleOf(n.Kind); n.ExpiresAt.After(n.CreatedAt) || n.ExpiresAt.IsZero() {
				if missing := rule.Missing(n.Args); len(missing) > 0 {
					w.T.Errorf("a notice %s is sent without %v", n.Kind, missing)
				}
			}
			all = append(all, n)
			return tx.EndNotice(ctx, id, delivery.Sent, now)
		}))
	}
	return all
}

// Code gives the code or link that an account was sent last, or "".
func (w *World) Code(account string) (code string) {
	w.T.Helper()
	for _, n := range w.Letters(account) {
		if c := n.Args["code"] + n.Args["link"]; c != "" && n.ExpiresAt.After(n.CreatedAt) {
			code = c
		}
	}
	return code
}
