package ui

// PasskeyAsk says what a passkey is asked for, and where its answer goes.
type PasskeyAsk struct {
	Label    string
	Action   string // where the form goes with the answer; "" for where it goes anyway
	Asks     string // the address that gives the question, or
	Question string // the question itself, as JSON
	Creates  bool   // whether a new passkey is asked for
	Listens  bool   // whether the browser may offer passkeys while a name is typed
	Primary  bool
}

func (a PasskeyAsk) kind() string {
	if a.Creates {
		return "create"
	}
	return "get"
}
