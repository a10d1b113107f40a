package member

import (
	"slices"

	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// duty is what law asks of an office before its holder closes the account, and
// the evidence for it, the zero one while there is none.
type duty struct {
	kind  string
	proof org.Attestation
}

// office is a place with an office, and what is asked of it.
type office struct {
	org.Place
	duties []duty
}

// attestationsData is what the page of the attestations shows.
type attestationsData struct {
	offices []office
	others  []org.Attestation // of places whose office the person has no more
	names   map[string]string // of organisations, and of who attested
}

// attestations shows what is asked of a legal representative and a finance
// officer, and what has been attested. Nobody attests the own duties: here
// nothing can be recorded.
func (p *Pages) attestations(v *visit.Visit) error {
	places, err := p.Orgs.Places(v.Context(), v.Account())
	if err != nil {
		return err
	}
	_, attested, err := p.Orgs.Duties(v.Context(), v.Account())
	if err != nil {
		return err
	}
	d := attestationsOf(places, attested)
	if d.names, err = p.colleagues(v, attested); err != nil {
		return err
	}
	organisations, err := p.organisationNames(v, each(d.others, func(a org.Attestation) string { return a.Organisation }))
	if err != nil {
		return err
	}
	for id, name := range organisations {
		d.names[id] = name
	}
	page, err := v.Page(v.T("page.attestations.title"))
	if err != nil {
		return err
	}
	return v.Show(attestationsPage(page, d))
}

// colleagues names who attested, where that is somebody of the organisation: the
// operator's people are no names to a member.
func (p *Pages) colleagues(v *visit.Visit, attested []org.Attestation) (map[string]string, error) {
	var ids []string
	for _, a := range attested {
		m, err := v.Callers().Membership(v.Context(), a.Organisation, a.AttestedBy)
		if err != nil {
			return nil, err
		}
		ids = append(ids, m.Account)
	}
	return p.Accounts.Names(v.Context(), ids)
}

// attestationsOf puts the evidence beside the duties; of several for one duty it
// shows the last.
func attestationsOf(places []org.Place, attested []org.Attestation) (d attestationsData) {
	for _, m := range places {
		if len(m.Offices) == 0 {
			continue
		}
		o := office{Place: m}
		for _, kind := range []string{org.TaxDeregistration, org.SocialInsuranceExit} {
			o.duties = append(o.duties, duty{kind, lastOf(attested, m.Organisation, kind)})
		}
		d.offices = append(d.offices, o)
	}
	for _, a := range attested {
		if !slices.ContainsFunc(d.offices, func(o office) bool { return o.Organisation == a.Organisation }) {
			d.others = append(d.others, a)
		}
	}
	return d
}

func lastOf(all []org.Attestation, organisation, kind string) (last org.Attestation) {
	for _, a := range all {
		if a.Organisation == organisation && a.Kind == kind && !a.AttestedAt.Before(last.AttestedAt) {
			last = a
		}
	}
	return last
}
