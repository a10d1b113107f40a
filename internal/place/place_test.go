package place

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/fault"
)

const file = `# offices
203.0.113.0/24,上海,Shanghai
198.51.100.10,198.51.100.20,"北京, 海淀","Beijing, Haidian"
2001:db8::/32,杭州,Hangzhou
10.0.0.0/8,上海,Shanghai
`

func TestAnAddressIsFoundInItsRange(t *testing.T) {
	r, err := Parse(strings.NewReader(file))
	if err != nil || len(r.first) != 4 {
		t.Fatal(r, err)
	}
	for address, want := range map[string]string{
		"203.0.113.0": "Shanghai", "203.0.113.255": "Shanghai", "203.0.114.0": "", "203.0.112.255": "",
		"198.51.100.9": "", "198.51.100.10": "Beijing, Haidian", "198.51.100.20": "Beijing, Haidian", "198.51.100.21": "",
		"2001:db8::1": "Hangzhou", "2001:db9::": "", "::1": "", "0.0.0.0": "", "255.255.255.255": "",
		"::ffff:10.1.2.3": "Shanghai", "2001:db8::1%eth0": "Hangzhou",
	} {
		if got := r.Find(netip.MustParseAddr(address)); got.EN != want {
			t.Errorf("%s is in %q, want %q", address, got.EN, want)
		}
	}
	if got := r.Find(netip.Addr{}); got != (Place{}) {
		t.Errorf("no address is in %v", got)
	}
	if got := (*Ranges)(nil).Find(netip.MustParseAddr("10.0.0.1")); got != (Place{}) {
		t.Errorf("without a file it is in %v", got)
	}
	if p := r.Find(netip.MustParseAddr("10.0.0.1")); p.In("zh-CN") != "上海" || p.In("en") != "Shanghai" {
		t.Errorf("in words: %+v", p)
	}
}

func TestWhatIsWrongIsNamedByItsLine(t *testing.T) {
	for text, want := range map[string]string{
		"10.0.0.0/8,a":          "line 1 ip_range_columns",
		"\n#x\n10.0.0.0/40,a,b": "line 3 ip_range_network",
		"10.0.0.1/8,a,b":        "line 1 ip_range_network",
		"10.0.0.0/8,,b":         "line 1 ip_range_place",
		"10.0.0.0/8,a," + strings.Repeat("x", 101): "line 1 ip_range_place",
		"10.0.0.9,10.0.0.1,a,b":                    "line 1 ip_range_order",
		"10.0.0.9,::1,a,b":                         "line 1 ip_range_order",
		"10.0.0.9,there,a,b":                       "line 1 ip_range_address",
		"10.0.0.0/8,a,b\n10.9.0.0/16,c,d":          "line 2 ip_range_overlaps",
		"10.9.0.0/16,a,b\n10.0.0.0/8,c,d":          "line 2 ip_range_overlaps",
		"10.0.0.0/8,a,b\n\"x,y":                    "line 2 ip_range_csv",
	} {
		_, err := Parse(strings.NewReader(text))
		var e *fault.Error
		if !errors.As(err, &e) || e.Code != "ip_ranges_invalid" || len(e.Fields) == 0 || e.Fields[0].Path+" "+e.Fields[0].Code != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	_, err := Parse(strings.NewReader(strings.Repeat("wrong\n", 1000)))
	var e *fault.Error
	if !errors.As(err, &e) || len(e.Fields) != maxWrong {
		t.Errorf("a thousand wrong lines: %v", err)
	}
}

func TestManyRangesAreSearchedAsQuickly(t *testing.T) {
	var b strings.Builder
	for i := range 50_000 {
		fmt.Fprintf(&b, "10.%d.%d.0/25,地%d,P%d\n", i/250, i%250, i%30, i%30)
	}
	r, err := Parse(strings.NewReader(b.String()))
	if err != nil || len(r.first) != 50_000 || len(r.places) != 30 {
		t.Fatal(err)
	}
	for i := 0; i < 50_000; i += 777 {
		a := netip.MustParseAddr(fmt.Sprintf("10.%d.%d.99", i/250, i%250))
		if r.Find(a).EN != fmt.Sprintf("P%d", i%30) || r.Find(netip.MustParseAddr(fmt.Sprintf("10.%d.%d.200", i/250, i%250))).EN != "" {
			t.Errorf("%s is in %v", a, r.Find(a))
		}
	}
}
