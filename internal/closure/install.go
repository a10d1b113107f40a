package closure

import (
	"context"
	"strconv"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/workday"
)

// InstallPolicy validates a policy and keeps it as a new version. Closures that
// run keep theirs. It answers the faults of policy.Parse and
// policy_version_exists.
func (s *Service) InstallPolicy(ctx context.Context, by audit.Actor, source []byte) (*policy.Policy, error) {
	p, err := policy.Parse(source)
	if err != nil {
		return nil, err
	}
	err = s.InTx(ctx, func(tx Tx) error {
		now := s.Now()
		if fresh, err := tx.InsertPolicy(ctx, p, now); err != nil || !fresh {
			return err
		}
		return tx.AppendAudit(ctx, audit.Entry{ID: s.NewID(), At: now, Actor: by, Action: "policy.installed", Object: p.Digest,
			Data: map[string]string{"policy": p.Name, "version": strconv.Itoa(p.Version)}})
	})
	return p, err
}

// InstallShipped keeps what this binary ships. It writes no audit entry: the
// binary's version tells.
func (s *Service) InstallShipped(ctx context.Context) error {
	shipped, err := policy.Shipped()
	if err != nil {
		return err
	}
	return s.InTx(ctx, func(tx Tx) error {
		for _, p := range shipped {
			if _, err := tx.InsertPolicy(ctx, p, s.Now()); err != nil {
				return err
			}
		}
		return nil
	})
}

// ListPolicies gives all versions, by name, the newest first.
func (s *Service) ListPolicies(ctx context.Context) (all []*policy.Policy, err error) {
	err = s.View(ctx, func(tx Tx) error {
		digests, err := tx.PolicyDigests(ctx)
		if err != nil {
			return err
		}
		all = nil
		for _, d := range digests {
			p, err := s.Policies.Version(ctx, tx, d)
			if err != nil {
				return err
			}
			all = append(all, p)
		}
		return nil
	})
	return all, err
}

// Policy gives the newest version of a policy.
func (s *Service) Policy(ctx context.Context, name string) (p *policy.Policy, err error) {
	err = s.View(ctx, func(tx Tx) error {
		p, err = s.Policies.newest(ctx, tx, name)
		return err
	})
	return p, err
}

// UploadYear keeps a year of a country's calendar.
func (s *Service) UploadYear(ctx context.Context, by audit.Actor, source []byte) (workday.Year, error) {
	y, err := workday.ParseYear(source)
	if err != nil {
		return y, err
	}
	err = s.InTx(ctx, func(tx Tx) error {
		now := s.Now()
		if fresh, err := tx.PutCalendarYear(ctx, y, source, now); err != nil || !fresh {
			return err
		}
		return tx.AppendAudit(ctx, audit.Entry{ID: s.NewID(), At: now, Actor: by, Action: "calendar.uploaded",
			Data: map[string]string{"country": y.Country, "year": strconv.Itoa(y.Year)}})
	})
	return y, err
}

// Years gives all years that are known of a country.
func (s *Service) Years(ctx context.Context, country string) (all []workday.Year, err error) {
	err = s.View(ctx, func(tx Tx) error {
		cal, err := s.Policies.Calendar(ctx, tx)
		if err != nil {
			return err
		}
		all = cal.Years(country)
		return nil
	})
	return all, err
}
