package visit

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/browser"
)

// The cookies. Those with a secret are for this host alone (__Host-, RFC 6265bis,
// section 4.1.3.2) wherever pages come over https.
const (
	sessionCookie = "signoff_session" // the token of the session that is current in this browser
	browserCookie = "signoff_browser" // the key that several accounts share this browser by
	deviceCookie  = "signoff_device"  // what this installation of a browser is known by
	guestCookie   = "signoff_guest"   // what the tokens of forms are made from
	keepCookie    = "signoff_keep"    // whether to stay signed in when the browser is closed
	langCookie    = "signoff_lang"
	themeCookie   = "signoff_theme"
	zoneCookie    = "signoff_zone" // written by the pages' script
	noteCookie    = "signoff_note" // what the next page tells
)

// A year is as long as browsers keep a cookie, nearly.
const year = 365 * 24 * time.Hour

func (d *Desk) secure() bool { return strings.HasPrefix(d.Site.PublicURL, "https://") }

func (d *Desk) cookieName(name string) string {
	if d.secure() {
		return "__Host-" + name
	}
	return name
}

func (v *Visit) cookie(name string) string {
	c, err := v.R.Cookie(v.desk.cookieName(name))
	if err != nil {
		return ""
	}
	return c.Value
}

// Cookie gives the value of a cookie that a room of pages keeps by itself.
func (v *Visit) Cookie(name string) string { return v.cookie(name) }

// SetCookie keeps a value in the browser: for a time, until the browser is closed
// when that is zero, and no longer when it is negative.
func (v *Visit) SetCookie(name, value string, keep time.Duration) {
	//nolint:gosec // G124: without https, which is for trying only, a Secure cookie would never come back
	c := &http.Cookie{Name: v.desk.cookieName(name), Value: value, Path: "/", HttpOnly: true, Secure: v.desk.secure(), SameSite: http.SameSiteLaxMode}
	switch {
	case keep < 0:
		c.MaxAge, c.Value = -1, ""
	case keep > 0:
		c.MaxAge = int(keep.Seconds())
	}
	http.SetCookie(v.W, c)
}

// secret gives the browser's own secret, and makes one where there is none.
func (v *Visit) secret() string {
	if v.guest == "" {
		v.guest = v.cookie(guestCookie)
	}
	if len(v.guest) < 40 {
		v.guest = v.random()
		v.SetCookie(guestCookie, v.guest, year)
	}
	return v.guest
}

func (v *Visit) random() string {
	b := make([]byte, 32)
	if _, err := io.ReadFull(v.desk.Rand, b); err != nil {
		panic(err) // without randomness nothing here is safe; the middleware answers
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// mark makes a value that only this browser's secret can make.
func (v *Visit) mark(purpose, value string) string {
	m := hmac.New(sha256.New, []byte(v.secret()))
	m.Write([]byte(purpose + "\x00" + value))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}

// token is what this page's forms carry: of this browser and this account, and
// of no other. It outlives a new sign-in of the same account, so that nothing
// that was typed is lost with a session.
func (v *Visit) token() string { return v.mark("form", v.Caller.Account()) }

func (v *Visit) tokenIs(token, account string) bool {
	if v.cookie(guestCookie) == "" {
		return false
	}
	return hmac.Equal([]byte(token), []byte(v.mark("form", account)))
}

// tag stands for the account where a script may see it.
func (v *Visit) tag() string {
	if !v.Signed() {
		return ""
	}
	return v.mark("tag", v.Caller.Account())[:12]
}

// Handle stands for something personal in an address of this site. It is of this
// browser and this account, and nothing can be read from it.
func (v *Visit) Handle(of string) string { return v.mark("handle", v.Account()+"\x00"+of)[:22] }

// deviceKey is what this browser's sign-ins are one device by.
func (v *Visit) deviceKey() string {
	key := v.cookie(deviceCookie)
	if len(key) < 40 {
		key = v.random()
	}
	v.SetCookie(deviceCookie, key, year)
	return key
}

// BrowserKey is the key of the accounts in this browser, "" for none.
func (v *Visit) BrowserKey() string { return v.cookie(browserCookie) }

// SetSession makes a session the current one of this browser.
func (v *Visit) SetSession(token string, until time.Time) {
	var keep time.Duration
	if v.keeps() {
		keep = until.Sub(v.now)
	}
	v.SetCookie(sessionCookie, token, keep)
}

// SetBrowser keeps the key of the accounts in this browser.
func (v *Visit) SetBrowser(key string) {
	var keep time.Duration
	if v.keeps() {
		keep = browser.KeptFor
	}
	v.SetCookie(browserCookie, key, keep)
}

// keeps says whether the person wants to stay signed in when the browser is
// closed.
func (v *Visit) keeps() bool {
	if v.keep != nil {
		return *v.keep
	}
	return v.cookie(keepCookie) == "yes"
}

// Keep remembers that wish.
func (v *Visit) Keep(yes bool) {
	v.keep = &yes
	if yes {
		v.SetCookie(keepCookie, "yes", year)
	} else {
		v.SetCookie(keepCookie, "", -1)
	}
}

// ForgetSession takes the session out of the browser. Together with the pages'
// Cache-Control and Clear-Site-Data (W3C) nothing of it is left for the back
// button. The other accounts of this browser stay, unless all go.
func (v *Visit) ForgetSession(all bool) {
	v.SetCookie(sessionCookie, "", -1)
	v.SetCookie(noteCookie, "", -1)
	if all {
		v.SetCookie(browserCookie, "", -1)
	}
	v.W.Header().Set("Clear-Site-Data", `"cache", "storage"`)
}

// SetLanguage keeps the language that this browser's pages are in.
func (v *Visit) SetLanguage(lang string) { v.SetCookie(langCookie, lang, year) }

// SetTheme keeps "light" or "dark"; anything else follows the system.
func (v *Visit) SetTheme(theme string) {
	if theme != "light" && theme != "dark" {
		v.SetCookie(themeCookie, "", -1)
		return
	}
	v.SetCookie(themeCookie, theme, year)
}
