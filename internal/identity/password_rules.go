package identity

import (
	"bytes"
	"cmp"
	"compress/gzip"
	_ "embed"
	"io"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/signoff-id/signoff/internal/fault"
)

// PasswordRules hold a new password against NIST SP 800-63B-4, section 3.1.1.2:
// length counts, composition rules do not, and what everybody tries first is
// refused. Nobody has to change a password because time has passed.
type PasswordRules struct {
	// MinLength is counted in characters. NIST asks for 15 where a password alone
	// can suffice, as it does here for everybody without a second factor, and for
	// 8 where it never does.
	MinLength int
	// Words are what the service is called: no part of a secret.
	Words []string
}

// The bounds of a password's length.
const (
	standardMinLength = 15
	leastMinLength    = 8
	maxPasswordBytes  = 1024
)

// Least is how many characters a new password has at least.
func (r PasswordRules) Least() int { return cmp.Or(r.MinLength, standardMinLength) }

// Check refuses a new password; words are what belongs to its person.
func (r PasswordRules) Check(p string, words ...string) error {
	least := r.Least()
	bad := fault.Wrong()
	switch n := utf8.RuneCountInString(normalised(p)); {
	case !utf8.ValidString(p):
		return bad.At("password", "invalid_utf8")
	case n < least:
		return bad.At("password", "password_too_short", "min", least)
	case len(p) > maxPasswordBytes:
		return bad.At("password", "password_too_long", "max", maxPasswordBytes)
	case isCommon(p, slices.Concat(r.Words, words)):
		return bad.At("password", "password_common")
	}
	return nil
}

// normalised gives the form in which a password is hashed and counted: what one
// keyboard types in wide letters and another in narrow ones is the same (UAX 15,
// NFKC).
func normalised(p string) string { return norm.NFKC.String(p) }

// isCommon says whether a password is one that is tried early: a common one or a
// word about the person or the service, with nothing but digits and signs around
// it, or one of those again and again.
func isCommon(p string, words []string) bool {
	p = strings.ToLower(normalised(p))
	tried := func(s string) bool {
		if s == "" {
			return true
		}
		_, common := slices.BinarySearch(common(), s)
		return common || slices.ContainsFunc(words, func(w string) bool { return s == w })
	}
	words = fold(words)
	once := repeated(p)
	core := strings.TrimFunc(once, func(r rune) bool { return !unicode.IsLetter(r) })
	return tried(p) || tried(once) || tried(core) && mostly(core, once) || utf8.RuneCountInString(once) < 4 || isRun(p)
}

// mostly says whether what stands around the core is short or simple: up to as
// long as the core, or a run such as 123456.
func mostly(core, p string) bool {
	rest := strings.TrimSpace(strings.Replace(p, core, "", 1))
	return len(rest) <= max(len(core), 4) || isRun(rest) || utf8.RuneCountInString(repeated(rest)) < 4
}

// fold gives the words in the form that passwords are compared in, and the parts
// of names and addresses.
func fold(words []string) (all []string) {
	for _, w := range words {
		w = strings.ToLower(normalised(w))
		all = append(all, w, strings.ReplaceAll(w, " ", ""))
		all = append(all, strings.FieldsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })...)
	}
	return slices.DeleteFunc(all, func(w string) bool { return utf8.RuneCountInString(w) < 2 })
}

// repeated gives the shortest text that, again and again, makes p.
func repeated(p string) string {
	for n := 1; n <= len(p)/2; n++ {
		if len(p)%n == 0 && strings.Repeat(p[:n], len(p)/n) == p {
			return p[:n]
		}
	}
	return p
}

// isRun says whether every character follows the one before it: 1234, dcba,
// 7890.
func isRun(p string) bool {
	runes := []rune(p)
	up, down := true, true
	for i := 1; i < len(runes); i++ {
		step := runes[i] - runes[i-1]
		up = up && (step == 1 || runes[i-1] == '9' && runes[i] == '0')
		down = down && (step == -1 || runes[i-1] == '0' && runes[i] == '9')
	}
	return up || down
}

//go:embed common_passwords.gz
var commonPasswords []byte

// chinese are what people in China try first and a list from elsewhere lacks.
var chinese = []string{"woaini", "woaini1314", "woaini520", "5201314", "wo5201314", "a5201314", "1314520", "aini1314", "zhang123", "wang123",
	"woaiwojia", "woshishui", "nihao123", "qwe123qwe", "asd123asd", "zxc123456", "li123456", "wang123456", "zhang123456", "a1b2c3d4",
	"1qaz2wsx3edc", "qwertyuiopasdfgh", "1q2w3e4r5t6y7u8i", "我爱你", "密码", "我的密码"}

// common lists what everybody tries, in lower case and sorted. Where it comes
// from stands in the file NOTICE.
var common = sync.OnceValue(func() []string {
	packed, err := gzip.NewReader(bytes.NewReader(commonPasswords))
	if err != nil {
		panic("identity: the list of common passwords: " + err.Error())
	}
	text, err := io.ReadAll(packed)
	if err != nil {
		panic("identity: the list of common passwords: " + err.Error())
	}
	all := append(strings.Fields(string(text)), chinese...)
	slices.Sort(all)
	return all
})

// Words gives what of an account is no part of a secret.
func (a Account) Words() []string {
	words := []string{a.Name}
	for _, id := range a.Identifiers {
		words = append(words, id.Value)
	}
	return words
}
