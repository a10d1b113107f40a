package holder

// Description says what a holder is and what it will do, for certificates, for
// operators and for the person who is about to close the account.
type Description struct {
	Name  string // the operator's name for it
	Kind  string // "sqldb", "blob"
	Title map[string]string
	Items []Described
	// Organisation says what the holder does with the data of an organisation that
	// ends. Without any item the holder keeps nothing for organisations as far as
	// it has been told, and is not asked.
	Organisation []Described
}

// Described is one heading of a holder.
type Described struct {
	Name   string
	Action string
	// Period is for how long the item is kept, counted from the erasure, as an
	// ISO 8601 duration in years, months and days ("P10Y"); empty when it is
	// not kept.
	Period    string
	Basis     string            // id of the legal basis for keeping it
	BasisText map[string]string // the basis in words, by language
}

// Item begins an Item under this heading.
func (d Described) Item() Item {
	return Item{Name: d.Name, Action: d.Action, Basis: d.Basis, BasisText: d.BasisText}
}
