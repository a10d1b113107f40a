package webtest

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// A page that moves under its reader is found, one that stands still is not.
func TestAPageThatMovesIsFound(t *testing.T) {
	const page = `<!doctype html><html lang="en"><title>t</title><script src="/move.js" defer></script><main><h1>A page</h1><p>Some words.</p></main>`
	mux := http.NewServeMux()
	mux.HandleFunc("/still", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(page)) })
	mux.HandleFunc("/moves", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(page)) })
	mux.HandleFunc("/move.js", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		_, _ = w.Write([]byte(`if (location.pathname === "/moves") setTimeout(() => {
			const late = document.createElement("div");
			late.style.height = "300px";
			document.querySelector("main").prepend(late);
			requestAnimationFrame(() => requestAnimationFrame(() => { document.title = "moved"; }));
		}, 100);`))
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	w := Open(t, server.URL, Look{Screen: Desktop, Lang: "en"})
	if got := w.Go("/still").shifted(); got != 0 {
		t.Errorf("a page that stands still moves by %f", got)
	}
	w.Go("/moves")
	for !Eval[bool](w, `document.title === "moved"`) {
		continue
	}
	if got := w.shifted(); got <= mostShift {
		t.Errorf("a page that moves moves by %f", got)
	}
}
