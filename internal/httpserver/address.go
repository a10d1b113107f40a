package httpserver

import (
	"context"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// ClientAddress gives the address that the request in hand came from: that of
// the connection or, behind trusted proxies, the last address in
// X-Forwarded-For that is none of theirs. Everything further left in that
// header is the caller's own claim. It is invalid outside of a request.
func ClientAddress(ctx context.Context) netip.Addr {
	if r := requestOf(ctx); r != nil {
		return r.address
	}
	return netip.Addr{}
}

func (s *Site) addressOf(r *http.Request) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	at := peer.Addr().Unmap().WithZone("")
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		if !s.trusts(at) {
			return at
		}
		before, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			return at
		}
		at = before.Unmap().WithZone("")
	}
	return at
}

func (s *Site) trusts(a netip.Addr) bool {
	return slices.ContainsFunc(s.Proxies, func(p netip.Prefix) bool { return p.Contains(a) })
}
