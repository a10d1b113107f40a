package main

import (
	"strings"

	"github.com/alecthomas/kong"

	"github.com/signoff-id/signoff/internal/addressbook"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/dissolution"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/org"
)

// choices are what flags and arguments may say, as the rooms list it: an enum
// names its list, as `enum:"${platform_roles}"`.
func choices() kong.Vars {
	return kong.Vars{
		"languages":          oneOf(language.All()),
		"account_states":     oneOf(identity.States()),
		"identifier_kinds":   oneOf(identity.Kinds()),
		"platform_roles":     oneOf(identity.Roles()),
		"organisation_roles": oneOf(org.Roles()),
		"offices":            oneOf(org.Offices()),
		"certifications":     oneOf(org.Certifications()),
		"attestation_kinds":  oneOf(org.AttestationKinds()),
		"closure_states":     oneOf(closure.States()),
		"dissolution_states": oneOf(dissolution.States()),
		"evidence_kinds":     oneOf(dissolution.Prerequisites()),
		"formats":            oneOf(addressbook.Formats()),
	}
}

func oneOf[S ~string](all []S) string {
	names := make([]string, len(all))
	for i, s := range all {
		names[i] = string(s)
	}
	return strings.Join(names, ",")
}
