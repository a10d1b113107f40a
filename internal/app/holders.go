package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/holder/blob"
	"github.com/signoff-id/signoff/internal/holder/sqldb"
	"github.com/signoff-id/signoff/internal/store"
)

// openHolders opens the configured data holders, in their order.
func openHolders(c config.Config) (*holder.Set, error) {
	var opened []holder.Holder
	for _, h := range c.Holders {
		one, err := openHolder(h)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("data holder %s: %w", h.Name, err), closeAll(opened))
		}
		opened = append(opened, one)
	}
	set, err := holder.NewSet(opened...)
	if err != nil {
		return nil, errors.Join(err, closeAll(opened))
	}
	return set, nil
}

func openHolder(h config.Holder) (holder.Holder, error) {
	switch h.Kind {
	case sqldb.Kind:
		mapping, err := os.ReadFile(h.Mapping)
		if err != nil {
			return nil, fault.New(fault.Invalid, "config_file_unreadable", "path", h.Mapping).Because(err)
		}
		return sqldb.Open(h.Name, mapping, filepath.Dir(h.Mapping), h.DSN.Reveal())
	case blob.Kind:
		return blob.Open(blob.Config{Name: h.Name, Bucket: h.Bucket, Prefix: h.Prefix, OrganisationPrefix: h.OrganisationPrefix, BaseDir: "."})
	default:
		return nil, fault.New(fault.Invalid, "holder_kind_unknown", "kind", h.Kind)
	}
}

func closeAll(opened []holder.Holder) error {
	var errs []error
	for _, h := range opened {
		errs = append(errs, h.Close())
	}
	return errors.Join(errs...)
}

// openChecks lets whoever looks after the holders ask them, and see what they said
// last.
func (a *App) openChecks() {
	asChecks := func(tx *store.Tx) holder.ChecksTx { return tx }
	a.Checks = &holder.Checks{Set: a.Holders, InTx: store.InTx(a.DB, asChecks), View: store.ViewTx(a.DB, asChecks), Now: a.now, Timeout: checkTimeout}
}

// checkTimeout is how long a holder has to answer whether it is ready: less than
// a request may take.
const checkTimeout = 20 * time.Second
