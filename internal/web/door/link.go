package door

import (
	"cmp"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// privateLink is a page that a mailed or handed link opens. The link's token
// stands in the fragment, which browsers never send: the page's script posts it,
// or the person pastes the link into a field. From then on the token is in a
// cookie that no script reads, and in no address.
type privateLink struct {
	path   string
	cookie string
}

var (
	resetLink    = privateLink{"/reset-password", "signoff_reset"}
	registerLink = privateLink{"/register", "signoff_register_link"}
)

// linkKept is how long a browser keeps a token: as long as somebody takes to
// choose a password. The link itself may end sooner.
const linkKept = time.Hour

// longestToken is more than a link's token ever has.
const longestToken = 200

// mount adds the form that takes the token in.
func (l privateLink) mount(d *visit.Desk, refused func(*visit.Visit, ui.Form) error) {
	d.Post(l.path+"/link", visit.Anybody(), func(v *visit.Visit) error {
		token := tokenOf(v.Value("token"))
		if token == "" || len(token) > longestToken {
			form, err := v.Again(fault.Wrong().At("token", "required"))
			if err != nil {
				return err
			}
			return refused(v, form)
		}
		v.SetCookie(l.cookie, token, linkKept)
		return v.Go(l.path)
	})
}

func (l privateLink) token(v *visit.Visit) string { return v.Cookie(l.cookie) }

func (l privateLink) forget(v *visit.Visit) { v.SetCookie(l.cookie, "", -1) }

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

// required refuses a field that was left empty.
func required(v *visit.Visit, name string) error {
	if v.Value(name) == "" {
		return fault.Wrong().At(name, "required")
	}
	return nil
}

// leastPassword is how many characters a new password has at least.
func (p *Pages) leastPassword() int {
	return cmp.Or(p.Access.Accounts.Rules.MinLength, identity.StandardMinLength)
}
