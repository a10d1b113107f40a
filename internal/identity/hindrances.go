package identity

import (
	"context"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
)

// Binding is a link from an account to an outside service.
type Binding struct {
	ID        string
	Account   string
	Service   string // "alipay", "taobao", "mailbox", "dingtalk", …
	Reference string // what the service calls the person; personal
	CreatedAt time.Time
}

// Arrear is money that the account's holder still owes.
type Arrear struct {
	ID        string
	Account   string
	Currency  string // ISO 4217
	Amount    int64  // minor units: fen, cents
	Reference string // invoice or order; personal
	CreatedAt time.Time
}

// Bind records that an outside service is bound to the account.
func (s *Service) Bind(ctx context.Context, by audit.Actor, account, service, reference string) (Binding, error) {
	service = strings.ToLower(strings.TrimSpace(service))
	if service == "" || len(service) > 64 {
		return Binding{}, fault.Wrong().At("service", "service_invalid")
	}
	b := Binding{ID: s.NewID(), Account: account, Service: service, Reference: reference}
	err := s.change(ctx, by, account, "binding.added", map[string]string{"service": service}, func(tx Tx, now time.Time) error {
		if err := MayBeChanged(ctx, tx, by, account); err != nil {
			return err
		}
		b.CreatedAt = now
		return tx.InsertBinding(ctx, b)
	})
	return b, err
}

// Release ends a binding.
func (s *Service) Release(ctx context.Context, by audit.Actor, account, binding string) error {
	return s.change(ctx, by, account, "binding.released", nil, func(tx Tx, _ time.Time) error {
		return found(tx.DeleteBinding(ctx, account, binding))("binding_not_found")
	})
}

// AddArrear records money owed.
func (s *Service) AddArrear(ctx context.Context, by audit.Actor, a Arrear) (Arrear, error) {
	bad := fault.Wrong()
	if a.Amount <= 0 {
		bad = bad.At("amount", "amount_invalid")
	}
	if a.Currency = strings.ToUpper(strings.TrimSpace(a.Currency)); len(a.Currency) != 3 {
		bad = bad.At("currency", "currency_invalid")
	}
	if len(bad.Fields) > 0 {
		return Arrear{}, bad
	}
	a.ID = s.NewID()
	err := s.change(ctx, by, a.Account, "arrear.added", map[string]string{"currency": a.Currency}, func(tx Tx, now time.Time) error {
		if err := MayBeChanged(ctx, tx, by, a.Account); err != nil {
			return err
		}
		a.CreatedAt = now
		return tx.InsertArrear(ctx, a)
	})
	return a, err
}

// SettleArrear records that it was paid.
func (s *Service) SettleArrear(ctx context.Context, by audit.Actor, account, arrear string) error {
	return s.change(ctx, by, account, "arrear.settled", nil, func(tx Tx, now time.Time) error {
		return found(tx.SettleArrear(ctx, account, arrear, now))("arrear_not_found")
	})
}

// Hindrances reads what of this room stands in a closure's way.
func (s *Service) Hindrances(ctx context.Context, account string) (b []Binding, a []Arrear, err error) {
	err = s.View(ctx, func(tx Tx) error {
		if _, err := tx.Account(ctx, account); err != nil {
			return err
		}
		if b, err = tx.Bindings(ctx, account); err != nil {
			return err
		}
		a, err = tx.Arrears(ctx, account)
		return err
	})
	return b, a, err
}

// found turns "no such row" into a fault.
func found(ok bool, err error) func(code string) error {
	return func(code string) error {
		if err != nil || ok {
			return err
		}
		return fault.New(fault.NotFound, code)
	}
}
