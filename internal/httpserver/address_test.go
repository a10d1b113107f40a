package httpserver

import (
	"net/http"
	"net/netip"
	"testing"
)

func TestOnlyTrustedProxiesSayWhereARequestCameFrom(t *testing.T) {
	site := &Site{Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}}
	for _, c := range []struct {
		peer      string
		forwarded []string
		want      string
	}{
		{"192.0.2.7:4711", nil, "192.0.2.7"},
		{"192.0.2.7:4711", []string{"198.51.100.1"}, "192.0.2.7"},              // nobody's proxy
		{"10.0.0.1:4711", nil, "10.0.0.1"},                                     // the proxy itself
		{"10.0.0.1:4711", []string{"198.51.100.1"}, "198.51.100.1"},            // through one
		{"10.0.0.1:4711", []string{"198.51.100.1, 10.0.0.2"}, "198.51.100.1"},  // through two
		{"10.0.0.1:4711", []string{"1.1.1.1, 198.51.100.1"}, "198.51.100.1"},   // a claim further left
		{"10.0.0.1:4711", []string{"1.1.1.1", "198.51.100.1"}, "198.51.100.1"}, // in a header of its own
		{"10.0.0.1:4711", []string{"nonsense"}, "10.0.0.1"},                    // no address
		{"[::1]:4711", []string{"2001:db8::1"}, "2001:db8::1"},                 // the other family
		{"[::ffff:10.0.0.1]:4711", []string{"198.51.100.1"}, "198.51.100.1"},   // one in the other's clothes
		{"nonsense", []string{"198.51.100.1"}, "invalid IP"},                   // no connection
	} {
		r := &http.Request{RemoteAddr: c.peer, Header: http.Header{"X-Forwarded-For": c.forwarded}}
		if got := site.addressOf(r).String(); got != c.want {
			t.Errorf("from %s, forwarded for %v: %s, want %s", c.peer, c.forwarded, got, c.want)
		}
	}
}
