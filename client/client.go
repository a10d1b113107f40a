// Package client is the Go SDK of Signoff: one method for everything that the
// HTTP API does. Failures that the server explains are *Problem; any other error
// means that no answer could be had.
//
//	c := client.New("https://id.example.com", client.Options{})
//	started, err := c.SignIn(ctx, client.NewSession{Name: "li.lei", Password: password,
//		Device: client.Device{Kind: client.Phone}, App: "crm"})
//	…
//	me, err := c.WithToken(started.Token).OwnAccount(ctx)
//
// It needs the standard library and a JOSE library, and nothing else.
package client

import (
	"net/http"
	"strings"
	"time"
)

// Options are how a client calls. The zero value is a caller who is not signed
// in and reads the server's default language.
type Options struct {
	// HTTPClient sends the requests; nil means one with a timeout of a minute.
	HTTPClient *http.Client
	// Token is a session's token, for Authorization: Bearer.
	Token string
	// Language is what texts for people are asked for in, as Accept-Language
	// (RFC 9110, 12.5.4): "zh-CN" or "en".
	Language string
	// UserAgent names the program that calls.
	UserAgent string
}

// Client calls one installation of Signoff as one caller. It is safe for
// concurrent use and never changes: WithToken gives another one.
type Client struct {
	base    string
	options Options
}

// New makes a client. baseURL is where the installation is reached, without a
// path: "https://id.example.com".
func New(baseURL string, o Options) *Client {
	if o.HTTPClient == nil {
		o.HTTPClient = &http.Client{Timeout: time.Minute}
	}
	if o.UserAgent == "" {
		o.UserAgent = "signoff-go"
	}
	return &Client{base: strings.TrimRight(baseURL, "/"), options: o}
}

// WithToken gives a client for the same installation with another session's
// token.
func (c *Client) WithToken(token string) *Client {
	other := *c
	other.options.Token = token
	return &other
}

// WithLanguage gives a client that asks for another language.
func (c *Client) WithLanguage(language string) *Client {
	other := *c
	other.options.Language = language
	return &other
}

// Token gives the session's token that this client sends, "" for none.
func (c *Client) Token() string { return c.options.Token }
