package config

import (
	"net/netip"
	"strings"
)

// Proxies gives the networks of trusted_proxies.
func (c Config) Proxies() ([]netip.Prefix, error) {
	var all []netip.Prefix
	for part := range strings.SplitSeq(c.TrustedProxies, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		if one, err := netip.ParseAddr(part); err == nil {
			all = append(all, netip.PrefixFrom(one, one.BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(part)
		if err != nil {
			return nil, err
		}
		all = append(all, p.Masked())
	}
	return all, nil
}
