package place

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/signoff-id/signoff/internal/fault"
)

// maxWrong is how many wrong lines an answer names.
const maxWrong = 20

// maxName is how long a place's name may be.
const maxName = 100

// row is one line of the file.
type row struct {
	first, last netip.Addr
	at          uint32
	line        int
}

// Parse reads ranges as CSV (RFC 4180), one a line: a network and its place in
// Chinese and in English, as
//
//	203.0.113.0/24,上海,Shanghai
//
// or the first and last address in place of the network. Lines that begin with #
// say nothing. Ranges may stand in any order and must not overlap. What is wrong
// is answered by ip_ranges_invalid, whose fields name the lines.
func Parse(from io.Reader) (*Ranges, error) {
	in := csv.NewReader(from)
	in.FieldsPerRecord, in.Comment, in.ReuseRecord, in.TrimLeadingSpace = -1, '#', true, true
	bad := fault.New(fault.Invalid, "ip_ranges_invalid")
	names := map[Place]uint32{}
	var rows []row
	out := &Ranges{}
	for len(bad.Fields) < maxWrong {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var syntax *csv.ParseError
		if errors.As(err, &syntax) {
			bad = bad.At(lineAt(syntax.Line), "ip_range_csv")
			break
		}
		if err != nil {
			return nil, fmt.Errorf("place: %w", err)
		}
		line, _ := in.FieldPos(0)
		r, p, code := readRow(record)
		if code != "" {
			bad = bad.At(lineAt(line), code)
			continue
		}
		at, known := names[p]
		if !known {
			at = uint32(len(out.places))
			names[p], out.places = at, append(out.places, p)
		}
		r.at, r.line = at, line
		rows = append(rows, r)
	}
	if bad = overlaps(rows, bad); len(bad.Fields) > 0 {
		return nil, bad
	}
	out.take(rows)
	return out, nil
}

func (r *Ranges) take(rows []row) {
	r.first, r.last, r.at = make([]netip.Addr, len(rows)), make([]netip.Addr, len(rows)), make([]uint32, len(rows))
	for i, x := range rows {
		r.first[i], r.last[i], r.at[i] = x.first, x.last, x.at
	}
}

// readRow gives a range and its place, or the code of what is wrong.
func readRow(record []string) (r row, p Place, code string) {
	switch len(record) {
	case 3:
		net, err := netip.ParsePrefix(strings.TrimSpace(record[0]))
		if err != nil || net.Masked() != net || net.Addr().Is4In6() {
			return r, p, "ip_range_network"
		}
		r.first, r.last = net.Addr(), lastOf(net)
	case 4:
		var one, two error
		r.first, one = netip.ParseAddr(strings.TrimSpace(record[0]))
		r.last, two = netip.ParseAddr(strings.TrimSpace(record[1]))
		if one != nil || two != nil || r.first.Zone() != "" || r.last.Zone() != "" || r.first.Is4In6() || r.last.Is4In6() {
			return r, p, "ip_range_address"
		}
		if r.first.BitLen() != r.last.BitLen() || r.last.Less(r.first) {
			return r, p, "ip_range_order"
		}
	default:
		return r, p, "ip_range_columns"
	}
	p = Place{ZH: strings.Clone(strings.TrimSpace(record[len(record)-2])), EN: strings.Clone(strings.TrimSpace(record[len(record)-1]))}
	for _, name := range []string{p.ZH, p.EN} {
		if name == "" || utf8.RuneCountInString(name) > maxName || !utf8.ValidString(name) || strings.ContainsRune(name, 0) {
			return r, p, "ip_range_place"
		}
	}
	return r, p, ""
}

// overlaps sorts the rows and names those that begin inside another one.
func overlaps(rows []row, bad *fault.Error) *fault.Error {
	sort.SliceStable(rows, func(i, j int) bool { return rows[i].first.Less(rows[j].first) })
	for i := 1; i < len(rows) && len(bad.Fields) < maxWrong; i++ {
		if before := rows[i-1]; before.last.BitLen() == rows[i].first.BitLen() && !before.last.Less(rows[i].first) {
			later, earlier := rows[i].line, before.line
			if later < earlier {
				later, earlier = earlier, later
			}
			bad = bad.At(lineAt(later), "ip_range_overlaps", "line", earlier)
		}
	}
	return bad
}

// lastOf gives the last address of a network.
func lastOf(net netip.Prefix) netip.Addr {
	b := net.Addr().AsSlice()
	for i := net.Bits(); i < len(b)*8; i++ {
		b[i/8] |= 1 << (7 - i%8)
	}
	last, _ := netip.AddrFromSlice(b)
	return last
}

func lineAt(n int) string { return "line " + strconv.Itoa(n) }
