package main

import "github.com/signoff-id/signoff/internal/identity"

// newPerson are the flags that describe a new account.
type newPerson struct {
	Name     string
	Username []string `placeholder:"NAME"`
	Email    []string `placeholder:"ADDRESS"`
	Mobile   []string `placeholder:"NUMBER"`
	Locale   string   `enum:"${languages}," default:"" placeholder:"LANGUAGE"`
	Verified bool
}

func (n newPerson) account() identity.NewAccount {
	in := identity.NewAccount{Name: n.Name, Locale: n.Locale, Verified: n.Verified}
	for _, k := range []struct {
		kind   string
		values []string
	}{{identity.Username, n.Username}, {identity.Email, n.Email}, {identity.Mobile, n.Mobile}} {
		for _, v := range k.values {
			in.Identifiers = append(in.Identifiers, identity.Identifier{Kind: k.kind, Value: v})
		}
	}
	return in
}
