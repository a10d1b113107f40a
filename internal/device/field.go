package device

import "strings"

// The kinds of bare items that hints are made of.
const (
	aString = iota + 1
	aToken
	aBoolean
	aNumber
)

// item is one member of a structured field with its parameters, the values as
// text.
type item struct {
	kind   int
	value  string
	params map[string]string
}

// maxItems bounds a list: browsers send three or four.
const maxItems = 32

// parseList reads a list of items (RFC 8941, sections 3.1 and 4.2.1); a single
// item is a list of one. Inner lists, dates and byte sequences stand in no hint
// and are refused like everything else that does not fit.
func parseList(raw string) ([]item, bool) {
	p := parser{strings.Trim(raw, " ")}
	var all []item
	for p.rest != "" {
		i, ok := p.item()
		if !ok || len(all) == maxItems {
			return nil, false
		}
		all = append(all, i)
		p.rest = strings.TrimLeft(p.rest, " \t")
		if p.rest == "" {
			return all, true
		}
		if !p.take(',') {
			return nil, false
		}
		if p.rest = strings.TrimLeft(p.rest, " \t"); p.rest == "" {
			return nil, false // a comma at the end
		}
	}
	return all, true
}

type parser struct{ rest string }

func (p *parser) take(c byte) bool {
	if p.rest == "" || p.rest[0] != c {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

func (p *parser) item() (i item, ok bool) {
	if i.kind, i.value, ok = p.bare(); !ok {
		return i, false
	}
	for p.take(';') {
		p.rest = strings.TrimLeft(p.rest, " ")
		key := p.span(isKey)
		if key == "" || key[0] != '*' && (key[0] < 'a' || key[0] > 'z') || len(i.params) == maxItems {
			return i, false
		}
		value := "1" // a parameter without a value is true
		if p.take('=') {
			if _, value, ok = p.bare(); !ok {
				return i, false
			}
		}
		if i.params == nil {
			i.params = map[string]string{}
		}
		i.params[key] = value
	}
	return i, true
}

func (p *parser) bare() (kind int, value string, ok bool) {
	if p.rest == "" {
		return 0, "", false
	}
	switch c := p.rest[0]; {
	case c == '"':
		value, ok = p.quoted()
		return aString, value, ok
	case c == '?':
		if len(p.rest) < 2 || p.rest[1] != '0' && p.rest[1] != '1' {
			return 0, "", false
		}
		value, p.rest = p.rest[1:2], p.rest[2:]
		return aBoolean, value, true
	case c == '-' || c >= '0' && c <= '9':
		value = p.span(func(c byte) bool { return c == '-' || c == '.' || c >= '0' && c <= '9' })
		return aNumber, value, true
	case c == '*' || isAlpha(c):
		return aToken, p.span(isToken), true
	}
	return 0, "", false
}

// quoted reads a string (section 4.2.5): printable ASCII, a backslash only
// before a quote or another backslash.
func (p *parser) quoted() (string, bool) {
	var out strings.Builder
	for i := 1; i < len(p.rest); i++ {
		switch c := p.rest[i]; {
		case c == '"':
			p.rest = p.rest[i+1:]
			return out.String(), true
		case c == '\\':
			if i++; i == len(p.rest) || p.rest[i] != '"' && p.rest[i] != '\\' {
				return "", false
			}
			out.WriteByte(p.rest[i])
		case c < 0x20 || c > 0x7e:
			return "", false
		default:
			out.WriteByte(c)
		}
	}
	return "", false
}

func (p *parser) span(in func(byte) bool) string {
	n := 0
	for n < len(p.rest) && in(p.rest[n]) {
		n++
	}
	s := p.rest[:n]
	p.rest = p.rest[n:]
	return s
}

func isAlpha(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func isKey(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || strings.IndexByte("_-.*", c) >= 0
}

func isToken(c byte) bool {
	return isAlpha(c) || c >= '0' && c <= '9' || strings.IndexByte("!#$%&'*+-.^_`|~:/", c) >= 0
}
