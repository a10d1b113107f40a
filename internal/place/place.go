// Package place says where an address is, by a file of address ranges that the
// operator keeps. Only the place is ever stored, never the address.
package place

import (
	"net/netip"
	"sort"

	"github.com/signoff-id/signoff/internal/language"
)

// Place is a place in both languages; the zero one is nowhere known.
type Place struct {
	ZH, EN string
}

// In gives the place's name in a language.
func (p Place) In(lang string) string {
	return language.Each(p.ZH, p.EN)[language.OrEnglish(lang)]
}

// Ranges are address ranges with their places, sorted and without overlap. They
// do not change, so many may look at once.
type Ranges struct {
	first, last []netip.Addr
	at          []uint32 // index into places
	places      []Place
}

// Find gives the place of an address in the time of a binary search.
func (r *Ranges) Find(a netip.Addr) Place {
	if r == nil || !a.IsValid() {
		return Place{}
	}
	a = a.Unmap().WithZone("")
	i := sort.Search(len(r.first), func(i int) bool { return a.Less(r.first[i]) }) - 1
	if i < 0 || r.last[i].Less(a) || r.last[i].BitLen() != a.BitLen() {
		return Place{}
	}
	return r.places[r.at[i]]
}
