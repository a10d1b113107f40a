package identity

import (
	"net/mail"
	"strings"
	"unicode/utf8"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/net/idna"
	"golang.org/x/text/secure/precis"

	"github.com/signoff-id/signoff/internal/fault"
)

// The kinds of identifiers.
const (
	Mobile   = "mobile"   // E.164, "+8613800138000"
	Email    = "email"    // lower case, the domain in its ASCII form (RFC 5891)
	Username = "username" // RFC 8265 UsernameCaseMapped
)

// Kinds lists the kinds of identifiers.
func Kinds() []string { return []string{Mobile, Email, Username} }

// Identifier is one name under which a person signs in, normalised and unique.
type Identifier struct {
	Kind  string
	Value string
}

// Masked is the identifier as its owner recognises it and nobody can use it.
func (i Identifier) Masked() string {
	switch runes := []rune(i.Value); i.Kind {
	case Email:
		_, domain, _ := strings.Cut(i.Value, "@")
		return string(runes[:1]) + "***@" + domain
	case Mobile:
		return "***" + string(runes[max(0, len(runes)-4):])
	default:
		return string(runes[:1]) + "***"
	}
}

// Normalise gives the one form in which an identifier is stored and compared.
// A mobile number without a country code is taken for one of mainland China.
// What cannot be an identifier is refused with the code of its kind.
func Normalise(kind, value string) (Identifier, error) {
	value = strings.TrimSpace(value)
	bad := fault.Wrong()
	if len(value) > 254 || !utf8.ValidString(value) {
		return Identifier{}, bad.At("value", "identifier_too_long")
	}
	switch kind {
	case Mobile:
		n, err := phonenumbers.Parse(value, "CN")
		if err != nil || !phonenumbers.IsValidNumber(n) {
			return Identifier{}, bad.At("value", "mobile_invalid")
		}
		return Identifier{kind, phonenumbers.Format(n, phonenumbers.E164)}, nil
	case Email:
		return normaliseEmail(value)
	case Username:
		name, err := precis.UsernameCaseMapped.String(value)
		if err != nil || utf8.RuneCountInString(name) < 2 || utf8.RuneCountInString(name) > 64 || strings.ContainsAny(name, "@/ ") || looksLikeMobile(name) {
			return Identifier{}, bad.At("value", "username_invalid")
		}
		return Identifier{kind, name}, nil
	}
	return Identifier{}, bad.At("kind", "identifier_kind_unknown")
}

func normaliseEmail(value string) (Identifier, error) {
	bad := fault.Wrong().At("value", "email_invalid")
	a, err := mail.ParseAddress(value)
	if err != nil || a.Name != "" || a.Address != value {
		return Identifier{}, bad
	}
	at := strings.LastIndexByte(value, '@')
	host, err := idna.Lookup.ToASCII(value[at+1:])
	if err != nil || !strings.Contains(host, ".") {
		return Identifier{}, bad
	}
	return Identifier{Email, strings.ToLower(value[:at]) + "@" + strings.ToLower(host)}, nil
}

// Guess tells of which kind a sign-in name is, as a person types it.
func Guess(value string) (Identifier, error) {
	value = strings.TrimSpace(value)
	switch {
	case strings.Contains(value, "@"):
		return Normalise(Email, value)
	case looksLikeMobile(value):
		return Normalise(Mobile, value)
	default:
		return Normalise(Username, value)
	}
}

// A user name made of digits could pass for somebody's number.
func looksLikeMobile(s string) bool {
	digits := strings.Trim(s, "+")
	return digits != "" && strings.Trim(digits, "0123456789 -") == ""
}
