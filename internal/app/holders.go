package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/holder/blob"
	"github.com/signoff-id/signoff/internal/holder/sqldb"
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
		return sqldb.OpenDSN(h.Name, mapping, filepath.Dir(h.Mapping), h.DSN.Reveal())
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
