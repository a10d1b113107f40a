package ui

// Form is what a person has typed, and what was wrong with it.
type Form struct {
	Values  map[string]string
	Problem *Problem // nil when nothing was wrong
}

// Value gives what was typed into a field, or other where nothing was.
func (f Form) Value(name, other string) string {
	if v, ok := f.Values[name]; ok {
		return v
	}
	return other
}

// Wrong gives what is wrong with a field, "" for nothing.
func (f Form) Wrong(name string) string {
	if f.Problem == nil {
		return ""
	}
	return f.Problem.Fields[name]
}

// Problem is a refusal in the person's words.
type Problem struct {
	Status int
	Code   string
	Title  string
	Detail string
	Fields map[string]string // by the name of the field
}

// Input is one field of a form.
type Input struct {
	Name     string
	Label    string
	Type     string // "text" when it is empty
	Hint     string
	Value    string // until something was typed
	Complete string // autocomplete (HTML Standard, 4.10.18.7)
	Mode     string // inputmode
	Required bool
	Focus    bool // whether the page begins here
	Max      int  // characters
	Min      string
	Lines    int // of a text area; 0 for one line
}

func (i Input) typ() string {
	if i.Type == "" {
		return "text"
	}
	return i.Type
}

// secret says whether what was typed is never shown again.
func (i Input) secret() bool { return i.Type == "password" || i.Complete == "one-time-code" }

// describedBy names what explains a field to a screen reader.
func (i Input) describedBy(f Form) string {
	out := ""
	if i.Hint != "" {
		out = i.Name + "-hint"
	}
	if f.Wrong(i.Name) != "" {
		if out != "" {
			out += " "
		}
		out += i.Name + "-wrong"
	}
	return out
}

// Option is one choice of a field.
type Option struct{ Value, Label, Hint string }

// Choice is a field that chooses one of a few.
type Choice struct {
	Name    string
	Label   string
	Hint    string
	Value   string // chosen until something was
	Options []Option
	Sends   bool // whether choosing sends the form, where scripts run
}
