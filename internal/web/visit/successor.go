package visit

import "github.com/signoff-id/signoff/internal/fault"

// Successor gives the account that was named in a field by an identifier, "" for
// an empty field. Somebody who does not exist is refused as somebody who shares
// no organisation: nobody learns which accounts there are.
func (v *Visit) Successor(field string) (account string, err error) {
	name := v.Value(field)
	if name == "" {
		return "", nil
	}
	a, err := v.desk.Accounts.Find(v.Context(), name)
	if err != nil && fault.Of(err).Kind != fault.Internal {
		return "", fault.Wrong().At(field, "successor_unknown")
	}
	return a.ID, err
}
