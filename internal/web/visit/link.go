package visit

import (
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/ui"
)

// PrivateLink is a page that a mailed or handed link opens. The link's token
// stands in the fragment, which browsers never send: the page's script posts it
// (ui.TakeLink), or the person pastes the link into a field. From then on the
// token is in a cookie that no script reads, and in no address.
type PrivateLink struct {
	Path   string
	Cookie string
	// Check says whether a token is a link's at all, where finding out uses
	// nothing up; nil: the page finds out when the token is used.
	Check func(v *Visit, token string) error
}

// linkKept is how long a browser keeps a token: as long as somebody takes to
// choose a password. The link itself may end sooner.
const linkKept = time.Hour

// longestToken is more than a link's token ever has.
const longestToken = 200

// Mount adds the form that takes the token in.
func (l PrivateLink) Mount(d *Desk, refused func(*Visit, ui.Form) error) {
	d.Post(l.Path+"/link", Anybody(), func(v *Visit) error {
		token := tokenOf(v.Value("token"))
		var err error
		switch {
		case token == "" || len(token) > longestToken:
			err = fault.Wrong().At("token", "required")
		case l.Check != nil:
			err = l.Check(v, token)
		}
		if err != nil {
			form, err := v.Again(err)
			if err != nil {
				return err
			}
			delete(form.Values, "token") // it goes into no page
			return refused(v, form)
		}
		l.Keep(v, token)
		return v.Go(l.Path)
	})
}

// Token gives the token that this browser keeps, "" for none.
func (l PrivateLink) Token(v *Visit) string { return v.Cookie(l.Cookie) }

// Keep keeps a token in this browser for an hour from now.
func (l PrivateLink) Keep(v *Visit, token string) { v.SetCookie(l.Cookie, token, linkKept) }

// Forget takes the token out of the browser.
func (l PrivateLink) Forget(v *Visit) { v.SetCookie(l.Cookie, "", -1) }

// tokenOf takes what was pasted: a whole link, or what stands behind its "#".
func tokenOf(pasted string) string {
	token := pasted[strings.LastIndexByte(pasted, '#')+1:]
	for _, c := range token {
		if c != '_' && c != '-' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return ""
		}
	}
	return token
}
