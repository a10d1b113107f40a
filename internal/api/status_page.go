package api

import (
	"bytes"
	"embed"
	"encoding/json"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/texts"
)

//go:embed status
var statusFiles embed.FS

// statusPolicy lets the page load its own script and style and ask this server,
// and nothing else.
const statusPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// statusPage serves the page that the private link opens. The link's token
// stands in the address's fragment, which browsers never send: the page's
// script puts it into a header, and it reaches no log on the way.
func (f *face) statusPage() {
	page := sync.OnceValues(func() (*template.Template, error) { return template.ParseFS(statusFiles, "status/page.html") })
	f.site.Mux().HandleFunc("GET /closure-status", func(w http.ResponseWriter, r *http.Request) { f.showStatusPage(w, r, page) })
	for _, name := range []string{"page.js", "page.css"} {
		f.site.Mux().HandleFunc("GET /closure-status/"+name, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Cache-Control", "no-cache")
			http.ServeFileFS(w, r, statusFiles, "status/"+name)
		})
	}
}

func (f *face) showStatusPage(w http.ResponseWriter, r *http.Request, page func() (*template.Template, error)) {
	lang := r.URL.Query().Get("lang")
	if !slices.Contains(texts.Languages(), lang) {
		lang = httpserver.Language(r.Context())
	}
	words := f.statusWords(lang)
	forScript, err := json.Marshal(words)
	var out bytes.Buffer
	if err == nil {
		var t *template.Template
		if t, err = page(); err == nil {
			err = t.Execute(&out, map[string]any{"Lang": lang, "Words": words, "ForScript": string(forScript)})
		}
	}
	if err != nil {
		f.site.WriteProblem(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", lang)
	w.Header().Set("Content-Security-Policy", statusPolicy)
	w.Header().Set("Cache-Control", "no-cache")
	_, _ = w.Write(out.Bytes())
}

// statusWords gives the page's words by their keys, dots made underscores so
// that the template can name them.
func (f *face) statusWords(lang string) map[string]string {
	const prefix = "closure_page."
	words := map[string]string{}
	for _, key := range f.site.Texts.Keys(lang, prefix) {
		words[strings.ReplaceAll(strings.TrimPrefix(key, prefix), ".", "_")] = f.site.Texts.Text(lang, key, nil)
	}
	return words
}
