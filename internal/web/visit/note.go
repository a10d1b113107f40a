package visit

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/web/ui"
)

// kept is a note on its way to the next page: a key, so that nobody who plants a
// cookie can make a page say what they want.
type kept struct {
	Kind string            `json:"k"`
	Key  string            `json:"t"`
	Args map[string]string `json:"a,omitempty"`
}

// Tell keeps a note for the next page. Kind is one of ui.Note's; args are key,
// value pairs, and never secret.
func (v *Visit) Tell(kind, key string, args ...string) {
	k := kept{Kind: kind, Key: key, Args: map[string]string{}}
	for i := 0; i+1 < len(args); i += 2 {
		k.Args[args[i]] = args[i+1]
	}
	text, err := json.Marshal(k)
	if err != nil {
		return // strings always fit
	}
	body := base64.RawURLEncoding.EncodeToString(text)
	v.SetCookie(noteCookie, body+"."+v.mark("note", body), time.Minute)
}

// TellHere shows a note on this request's own page.
func (v *Visit) TellHere(kind, key string, args ...any) {
	v.note = &ui.Note{Kind: kind, Text: v.T(key, args...)}
}

// takeNote gives the note of the page before, once.
func (v *Visit) takeNote() *ui.Note {
	if v.Partial() {
		return nil
	}
	body, mark, ok := strings.Cut(v.cookie(noteCookie), ".")
	if !ok {
		return nil
	}
	v.SetCookie(noteCookie, "", -1)
	text, err := base64.RawURLEncoding.DecodeString(body)
	var k kept
	if err != nil || mark != v.mark("note", body) || json.Unmarshal(text, &k) != nil {
		return nil
	}
	args := make([]any, 0, 2*len(k.Args))
	for name, value := range k.Args {
		args = append(args, name, value)
	}
	return &ui.Note{Kind: k.Kind, Text: v.T(k.Key, args...)}
}
