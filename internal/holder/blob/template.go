package blob

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
)

// template is a prefix with places for who the person is, one segment of the
// path after the other.
type template []segment

// segment is before + the value + after; kind is empty where the segment is the
// same for everybody.
type segment struct{ before, kind, after string }

var errTemplate = errors.New("blob: not a prefix that tells people apart")

// parseTemplate refuses prefixes under which one person's files could be taken
// for another's: it must name somebody, end with a whole segment ("people/1"
// would hold "people/12" too), and have no more than one value in a segment.
func parseTemplate(s string, kinds ...string) (template, error) {
	if !strings.HasSuffix(s, "/") || strings.HasPrefix(s, "/") || !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl) {
		return nil, errTemplate
	}
	var t template
	named := false
	for part := range strings.SplitSeq(strings.TrimSuffix(s, "/"), "/") {
		seg := segment{before: part}
		if before, rest, found := strings.Cut(part, "{"); found {
			kind, after, closed := strings.Cut(rest, "}")
			if !closed || !slices.Contains(kinds, kind) {
				return nil, errTemplate
			}
			seg, named = segment{before, kind, after}, true
		}
		if strings.ContainsAny(seg.before+seg.after, `{}\%`) || seg.kind == "" && (part == "" || strings.HasSuffix(part, "..") || part == ".") {
			return nil, errTemplate
		}
		t = append(t, seg)
	}
	if !named {
		return nil, errTemplate
	}
	return t, nil
}

// prefixes fills in the person, once for each of their values. A person who has
// none of a kind has no files there. A value that no safe name can be made of is
// the fault holder_value_unusable: better an operator who looks than the wrong
// files, or none.
func (t template) prefixes(name string, who holder.Subject) ([]string, error) {
	if t == nil {
		return nil, nil
	}
	all := []string{""}
	for _, seg := range t {
		values := []string{""}
		if seg.kind != "" {
			values = nil
			for _, v := range who.Key(seg.kind) {
				written, ok := escape(v)
				if !ok {
					return nil, fault.New(fault.Conflict, "holder_value_unusable", "holder", name, "kind", seg.kind)
				}
				values = append(values, written)
			}
		}
		var longer []string
		for _, p := range all {
			for _, v := range values {
				longer = append(longer, p+seg.before+v+seg.after+"/")
			}
		}
		all = longer
	}
	return all, nil
}

// escape writes a value as one segment of a path: as it is, but for characters
// that could lead out of the segment or be read as an escape, which are written
// as RFC 3986, section 2.1, has it. No two values are written the same. What
// walks upwards is refused, and so is a value that ends with "..": with the
// slash after it stores take it for a step up.
func escape(v string) (string, bool) {
	if v == "" || v == "." || strings.HasSuffix(v, "..") || strings.Contains(v, "../") || strings.Contains(v, `..\`) || !utf8.ValidString(v) {
		return "", false
	}
	var b strings.Builder
	for _, r := range v {
		if strings.ContainsRune(`/\%`, r) || unicode.IsControl(r) {
			for _, octet := range []byte(string(r)) {
				fmt.Fprintf(&b, "%%%02X", octet)
			}
			continue
		}
		b.WriteRune(r)
	}
	return b.String(), true
}

// about gives the template for a subject; nil for an organisation where the store
// keeps nothing for organisations: then it has no prefixes.
func (h *Holder) about(who holder.Subject) template {
	if who.Organisation != "" {
		return h.ends
	}
	return h.prefix
}

// ownFolders gives how many of a prefix's segments, from the end, belong to the
// person alone: those from the first one that names them.
func (t template) ownFolders() int {
	return len(t) - slices.IndexFunc(t, func(s segment) bool { return s.kind != "" })
}
