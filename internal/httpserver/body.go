package httpserver

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"mime"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/signoff-id/signoff/internal/fault"
)

// readBody reads the whole body, up to the limit, before anything else looks at
// it: so that a refusal changes nothing, a slow sender holds no handler, and
// text that a database cannot keep never gets further. encoding/json would turn
// bytes that are not UTF-8 into replacement characters without a word.
func (s *Site) readBody(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := checkTarget(r.URL); err != nil {
			s.WriteProblem(w, r, err)
			return
		}
		if limit := s.limitOf(r); limit > 0 {
			s.await(next, w, r, limit)
			return
		}
		body, err := s.receive(w, r)
		if err == nil && isJSON(r.Header.Get("Content-Type")) {
			if err = checkText(body); err == nil {
				err = checkNames(body)
			}
		}
		if err != nil {
			s.WriteProblem(w, r, err)
			return
		}
		requestOf(r.Context()).body = body
		r.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(w, r)
	})
}

// receive reads the body within its limits of size and time.
func (s *Site) receive(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if r.Body == nil || r.Body == http.NoBody {
		return nil, nil
	}
	limit := s.maxBody()
	tooLarge := fault.New(fault.TooLarge, "body_too_large", "limit", limit)
	if r.ContentLength > limit {
		w.Header().Set("Connection", "close") // the rest is not worth reading
		return nil, tooLarge
	}
	conn := http.NewResponseController(w)
	// Deadlines of connections are of the wall clock, whatever Now says: a demo's
	// is moved. A writer without them is a test's.
	_ = conn.SetReadDeadline(time.Now().Add(s.bodyTimeout()))
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	var size *http.MaxBytesError
	var network net.Error
	switch {
	case err == nil:
		_ = conn.SetReadDeadline(noDeadline)
		return body, nil
	case errors.As(err, &size):
		return nil, tooLarge
	case errors.As(err, &network) && network.Timeout():
		w.Header().Set("Connection", "close")
		return nil, fault.New(fault.Invalid, "body_timeout").Because(err)
	default:
		w.Header().Set("Connection", "close")
		return nil, fault.New(fault.Invalid, "body_unreadable").Because(err)
	}
}

// isJSON says whether a body of this media type is read as JSON. One without a
// type is.
func isJSON(contentType string) bool {
	if contentType == "" {
		return true
	}
	media, _, err := mime.ParseMediaType(contentType)
	return err == nil && (media == "application/json" || strings.HasSuffix(media, "+json"))
}

// checkTarget refuses a path or query that is not text, or asks something twice.
func checkTarget(u *url.URL) error {
	if err := checkWords("path", u.Path); err != nil {
		return err
	}
	query, err := url.QueryUnescape(strings.ReplaceAll(u.RawQuery, ";", "%3B"))
	if err != nil {
		return fault.New(fault.Invalid, "bad_request").At("query", "invalid_value")
	}
	if err := checkWords("query", query); err != nil {
		return err
	}
	return checkOnce(u.Query())
}

// checkOnce refuses a question that is asked twice, for the reason that
// checkNames gives. No list is asked for in that way here.
func checkOnce(questions url.Values) error {
	refusal := fault.New(fault.Invalid, "validation_failed", "count", 0)
	for _, name := range slices.Sorted(maps.Keys(questions)) {
		if len(questions[name]) > 1 && len(refusal.Fields) < maxTwice {
			refusal = refusal.At("query."+name, "only_one_value")
		}
	}
	if len(refusal.Fields) == 0 {
		return nil
	}
	refusal.Args = fault.Pairs("count", len(refusal.Fields))
	return refusal
}

// checkWords refuses words of the request's target that a database cannot keep.
func checkWords(where, words string) error {
	if !utf8.ValidString(words) {
		return fault.New(fault.Invalid, "invalid_utf8").At(where, "invalid_utf8")
	}
	if strings.ContainsRune(words, 0) {
		return fault.New(fault.Invalid, "nul_character").At(where, "nul_character")
	}
	return nil
}

// checkText refuses JSON text that is not UTF-8 (RFC 8259, 8.1), and NUL, which
// PostgreSQL cannot keep in a text.
func checkText(body []byte) error {
	if !utf8.Valid(body) {
		return fault.New(fault.Invalid, "invalid_utf8").At("body", "invalid_utf8")
	}
	escape := []byte(`\u0000`)
	for rest := body; ; {
		i := bytes.Index(rest, escape)
		if i < 0 {
			return nil
		}
		before := len(rest[:i]) - len(bytes.TrimRight(rest[:i], `\`))
		if before%2 == 0 { // else the backslash itself is escaped, and this is plain text
			return fault.New(fault.Invalid, "nul_character").At("body", "nul_character")
		}
		rest = rest[i+len(escape):]
	}
}
