package httpserver

import (
	"bytes"
	"embed"
	"encoding/json"
	"html/template"
	"net/http"
	"regexp"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"github.com/signoff-id/signoff/internal/language"
)

//go:embed reference
var referenceFiles embed.FS

// referencePolicy lets the reference load its own style sheet and nothing else.
const referencePolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// reference serves the OpenAPI document and the pages made from it. All is
// rendered here, without scripts: the reference works offline and behind any
// Content-Security-Policy. The documents are made on the first request, when all
// operations are there.
func (s *Site) reference(api huma.API) {
	document := sync.OnceValues(func() ([]byte, error) {
		return json.MarshalIndent(api.OpenAPI(), "", "  ")
	})
	s.Mux().HandleFunc("GET /openapi.json", func(w http.ResponseWriter, r *http.Request) {
		body, err := document()
		if err != nil {
			s.WriteProblem(w, r, err)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-cache")
		_, _ = w.Write(body)
	})
	s.Mux().HandleFunc("GET /docs/reference.css", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		http.ServeFileFS(w, r, referenceFiles, "reference/reference.css")
	})
	pages := sync.OnceValues(func() (*template.Template, error) {
		say := func(lang, key string) string { return s.Texts.Text(lang, key, nil) }
		return template.New("").Funcs(template.FuncMap{"t": say, "languages": language.All}).ParseFS(referenceFiles, "reference/page.html")
	})
	s.Mux().HandleFunc("GET /docs", func(w http.ResponseWriter, r *http.Request) {
		s.page(w, r, pages, "reference", s.referenceOf(api.OpenAPI(), pageLanguage(r)))
	})
	s.Mux().HandleFunc("GET /docs/problems", func(w http.ResponseWriter, r *http.Request) {
		lang := pageLanguage(r)
		p := s.pageOf(api.OpenAPI(), lang)
		p.Heading, p.Problems = s.Texts.Text(lang, "docs.problems", nil), s.problemCodes(lang)
		s.page(w, r, pages, "problems", p)
	})
}

// page renders whole before it answers, so that a failure is a clean problem.
func (s *Site) page(w http.ResponseWriter, r *http.Request, pages func() (*template.Template, error), name string, data referencePage) {
	var out bytes.Buffer
	all, err := pages()
	if err == nil {
		err = all.ExecuteTemplate(&out, name, data)
	}
	if err != nil {
		s.WriteProblem(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", data.Lang)
	w.Header().Set("Content-Security-Policy", referencePolicy)
	w.Header().Set("Cache-Control", "no-cache")
	_, _ = w.Write(out.Bytes())
}

// pageLanguage is the language chosen on the page, or else the caller's.
func pageLanguage(r *http.Request) string {
	if lang := r.URL.Query().Get("lang"); language.Known(lang) {
		return lang
	}
	return Language(r.Context())
}

// problemCode is a code with the text that people read.
type problemCode struct{ Code, Text string }

var placeholder = regexp.MustCompile(`{{-?\s*\.(\w+)\s*-?}}`)

// problemCodes lists every code, its arguments shown by their names.
func (s *Site) problemCodes(lang string) []problemCode {
	var out []problemCode
	for _, key := range s.Texts.Keys(lang, "fault.") {
		out = append(out, problemCode{strings.TrimPrefix(key, "fault."), placeholder.ReplaceAllString(s.Texts.Raw(lang, key), "‹$1›")})
	}
	return out
}
