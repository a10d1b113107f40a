package api

import (
	"bytes"
	"encoding/json"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/texts"
)

// resumePage serves the page that the link of a pause opens. Opening it ends
// nothing, because mail programs open links by themselves: the person presses a
// button. The token stands in the fragment, which browsers never send.
func (f *face) resumePage() {
	page := sync.OnceValues(func() (*template.Template, error) { return template.ParseFS(statusFiles, "status/resume.html") })
	f.site.Mux().HandleFunc("GET /resume-account", func(w http.ResponseWriter, r *http.Request) { f.showResumePage(w, r, page) })
	f.site.Mux().HandleFunc("GET /resume-account/page.js", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		http.ServeFileFS(w, r, statusFiles, "status/resume.js")
	})
}

func (f *face) showResumePage(w http.ResponseWriter, r *http.Request, page func() (*template.Template, error)) {
	lang := r.URL.Query().Get("lang")
	if !slices.Contains(texts.Languages(), lang) {
		lang = httpserver.Language(r.Context())
	}
	words := map[string]string{}
	for _, key := range f.site.Texts.Keys(lang, "resume_page.") {
		words[strings.TrimPrefix(key, "resume_page.")] = f.site.Texts.Text(lang, key, nil)
	}
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
