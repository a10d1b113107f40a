package client

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
)

// BrowserAccount is an account as a browser shows it to choose by.
type BrowserAccount struct {
	ID       string `json:"id"` // in this browser; it tells nothing of the account
	Name     string `json:"name"`
	Hint     string `json:"hint"` // a masked identifier
	SignedIn bool   `json:"signed_in"`
	Current  bool   `json:"current"`
}

// JoinedBrowser is a browser's key from now on; the one before is dead.
type JoinedBrowser struct {
	Key      string           `json:"key"`
	Accounts []BrowserAccount `json:"accounts"`
}

// SwitchedAccount is the session of the account that is current from now on, with
// a new token.
type SwitchedAccount struct {
	Token   string  `json:"token"`
	Session Session `json:"session"`
}

// JoinBrowser brings the client's session into a browser, and makes it the current
// one; with an empty key it begins a browser. While somebody is signed in there it
// takes the token of that session (by), but for an account that was there before.
// Codes: browser_key_not_valid, browser_not_proved, browser_full.
func (c *Client) JoinBrowser(ctx context.Context, key, by string) (JoinedBrowser, error) {
	body := map[string]string{}
	if by != "" {
		body["token"] = by
	}
	return ask[JoinedBrowser](ctx, c, call{method: http.MethodPost, path: path("browser"), body: body, browser: key})
}

// BrowserAccounts lists the accounts of a browser. It needs no session. Codes:
// browser_key_not_valid.
func (c *Client) BrowserAccounts(ctx context.Context, key string) ([]BrowserAccount, error) {
	all, err := ask[List[BrowserAccount]](ctx, c, call{method: http.MethodGet, path: path("browser", "accounts"), browser: key})
	return all.Items, err
}

// SwitchAccount makes another account of the browser the current one, from the
// session that is current. Codes: browser_key_not_valid,
// browser_account_not_found, browser_changed, sign_in_again.
func (c *Client) SwitchAccount(ctx context.Context, key, id string) (SwitchedAccount, error) {
	return ask[SwitchedAccount](ctx, c, call{method: http.MethodPost, path: path("browser", "accounts", id, "switch"), browser: key})
}

// RemoveBrowserAccount takes an account off a browser; its session there ends.
// Codes: browser_key_not_valid, browser_not_proved, browser_account_not_found,
// browser_current_stays, work_unsaved.
func (c *Client) RemoveBrowserAccount(ctx context.Context, key, id string, force bool) error {
	return c.do(ctx, call{method: http.MethodDelete, path: path("browser", "accounts", id), browser: key,
		query: url.Values{"force": {strconv.FormatBool(force)}}}, nil)
}

// SignOutBrowser ends the session of every account of a browser, and counts them.
// Codes: browser_key_not_valid, work_unsaved.
func (c *Client) SignOutBrowser(ctx context.Context, key string, force bool) (SignedOut, error) {
	return ask[SignedOut](ctx, c, call{method: http.MethodPost, path: path("browser", "sign-out"), body: map[string]bool{"force": force}, browser: key})
}
