package delivery

// SMSTemplate is a text that a provider has approved for one kind of notice. A
// provider that works with templates sends no other words.
type SMSTemplate struct {
	Kind   string
	Locale string // empty: for every language that has no template of its own
	Code   string // the provider's name for it
	// Params are the notice's arguments that the template takes, in its order.
	Params []string
}

// SMSTemplates are those of an installation.
type SMSTemplates []SMSTemplate

// of finds the template of a message, that of its language first.
func (all SMSTemplates) of(m Message) (t SMSTemplate, found bool) {
	for _, x := range all {
		if x.Kind == m.Kind && x.Locale == m.Locale {
			return x, true
		}
		if x.Kind == m.Kind && x.Locale == "" {
			t, found = x, true
		}
	}
	return t, found
}

// noTemplate is final: the operator has decided what is worth a text message.
const noTemplate = "no_template"
