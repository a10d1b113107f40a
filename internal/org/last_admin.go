package org

import (
	"context"

	"github.com/signoff-id/signoff/internal/fault"
)

// keepAdmin refuses to let an organisation lose its last creator or super admin.
// The caller holds the organisation's lock, so two of them who go at the same
// moment see each other. One whose account is not active counts for nothing.
func keepAdmin(ctx context.Context, tx OwnerTx, organisation, account string) error {
	others, err := tx.OtherOwners(ctx, organisation, account)
	if err == nil && others == 0 {
		err = fault.New(fault.Conflict, "last_admin")
	}
	return err
}

// LastAdminOf gives an organisation that would lose its last creator or super
// admin with an account, or "". Inside a commit that takes an account out of use
// ask it under Hold.
func LastAdminOf(ctx context.Context, tx Tx, account string) (organisation string, err error) {
	places, err := tx.Memberships(ctx, account)
	if err != nil {
		return "", err
	}
	for _, m := range places {
		if !Owns(m.Role) {
			continue
		}
		others, err := tx.OtherOwners(ctx, m.Organisation, account)
		if err != nil || others == 0 {
			return m.Organisation, err
		}
	}
	return "", nil
}

// Hold takes the locks of the organisations in which an account is creator or
// super admin, in the order of their ids, so that LastAdminOf stays true until
// the commit. The caller holds the account's lock: accounts come first.
func Hold(ctx context.Context, tx Tx, account string) error {
	places, err := tx.Memberships(ctx, account)
	if err != nil {
		return err
	}
	for _, m := range places {
		if !Owns(m.Role) {
			continue
		}
		if err := tx.LockOrganisation(ctx, m.Organisation); err != nil {
			return err
		}
	}
	return nil
}
