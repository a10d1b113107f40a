package holder

import "slices"

// Item is what was found or done under one heading of a holder. It holds no
// personal data: it goes into certificates.
type Item struct {
	Name   string `json:"name"`
	Action string `json:"action"`
	Count  int64  `json:"count"` // rows or files
	Bytes  int64  `json:"bytes,omitempty"`
	// Until is the last day (as 2006-01-02, UTC) for which the item is kept;
	// empty when it is not kept.
	Until     string            `json:"until,omitempty"`
	Basis     string            `json:"basis,omitempty"`      // id of the legal basis for keeping it
	BasisText map[string]string `json:"basis_text,omitempty"` // the basis in words, by language
}

// Receipt is what a holder says it has done for a task, all tries together.
type Receipt struct {
	Items []Item `json:"items"`
	// None says, of an organisation, that nobody has told the holder how to find
	// what belongs to one: it says that it keeps nothing for organisations, and was
	// not asked.
	None bool `json:"none,omitempty"`
}

// Add counts what one more try did. An item that is already there grows and
// keeps the date that it has: a second try does not prolong anything.
func (r *Receipt) Add(items ...Item) {
	for _, item := range items {
		i := slices.IndexFunc(r.Items, func(have Item) bool { return have.Name == item.Name && have.Action == item.Action })
		if i < 0 {
			r.Items = append(r.Items, item)
			continue
		}
		r.Items[i].Count += item.Count
		r.Items[i].Bytes += item.Bytes
	}
}

// Total gives how many rows or files the items count.
func Total(items []Item) int64 {
	var n int64
	for _, item := range items {
		n += item.Count
	}
	return n
}

// Leftovers is what still leads to a person after an erasure, an item for each
// heading under which something was found. Empty means gone. A row that leads
// to the person in two ways is counted under both.
type Leftovers struct {
	Items []Item
}
