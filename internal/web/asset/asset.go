// Package asset holds what the pages are drawn with. Style sheets, scripts and
// icons are all inside the program. Nothing is ever fetched from another host.
package asset

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed vendor own pictures/*.webp icons/*.svg
var files embed.FS

// served is one file as it goes over the wire.
type served struct {
	plain, packed []byte
	media         string
}

// everything is read once: all files by the name they are asked for, and the
// hash over all of them, which is part of every address, so that browsers may
// keep a file for ever and a new version is a new address.
var everything = sync.OnceValues(func() (map[string]served, string) {
	all, sum := map[string]served{}, sha256.New()
	for _, dir := range []string{"own", "pictures", "vendor"} {
		entries, err := fs.ReadDir(files, dir)
		if err != nil {
			panic(err) // the files are inside the program
		}
		for _, e := range entries {
			text, err := files.ReadFile(path.Join(dir, e.Name()))
			if err != nil {
				panic(err)
			}
			all[e.Name()] = pack(e.Name(), text)
			sum.Write([]byte(e.Name()))
			sum.Write(text)
		}
	}
	return all, hex.EncodeToString(sum.Sum(nil))[:12]
})

func pack(name string, text []byte) served {
	out := served{plain: text, media: mime.TypeByExtension(path.Ext(name))}
	switch path.Ext(name) { // whatever the machine's own table says
	case ".js":
		out.media = "text/javascript; charset=utf-8"
	case ".css":
		out.media = "text/css; charset=utf-8"
	case ".svg":
		out.media = "image/svg+xml"
	case ".webp":
		out.media = "image/webp"
		return out // it is packed already
	case ".webmanifest":
		out.media = "application/manifest+json"
	case ".LICENSE":
		out.media = "text/plain; charset=utf-8"
	}
	var small bytes.Buffer
	w, err := gzip.NewWriterLevel(&small, gzip.BestCompression)
	if err != nil {
		panic(err)
	}
	_, _ = w.Write(text) // a buffer takes everything
	_ = w.Close()
	if small.Len() < len(text) {
		out.packed = small.Bytes()
	}
	return out
}

// Prefix is what every address of an asset begins with.
const Prefix = "/assets/"

// URL gives the address of a file. It panics for a name that is none: a slip of
// the programmer, which every page's test finds.
func URL(name string) string {
	all, version := everything()
	if _, ok := all[name]; !ok {
		panic("asset: no file " + name)
	}
	return Prefix + version + "/" + name
}

// Handler serves the files below Prefix. One under an older version's address is
// gone: the page that asks for it is reloaded anyway.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		all, version := everything()
		dir, name := path.Split(strings.TrimPrefix(r.URL.Path, Prefix))
		f, ok := all[name]
		if !ok || dir != version+"/" {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", f.media)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Del("Vary")
		h.Add("Vary", "Accept-Encoding")
		body := f.plain
		if f.packed != nil && accepts(r, "gzip") {
			h.Set("Content-Encoding", "gzip")
			body = f.packed
		}
		_, _ = w.Write(body)
	})
}

func accepts(r *http.Request, coding string) bool {
	codings := strings.Split(r.Header.Get("Accept-Encoding"), ",")
	return slices.ContainsFunc(codings, func(c string) bool {
		name, weight, _ := strings.Cut(c, ";")
		return strings.TrimSpace(name) == coding && strings.TrimSpace(weight) != "q=0"
	})
}

// Picture names the picture of a page: one for each kind of screen and language.
func Picture(name, screen, lang string) string { return name + "-" + screen + "-" + lang + ".webp" }

// HasIcon says whether there is an icon of a name.
func HasIcon(name string) bool {
	_, err := fs.Stat(files, "icons/"+name+".svg")
	return err == nil
}

// Icon gives the shapes of an icon, for inside an <svg> of 24 by 24. It panics
// for a name that is none.
func Icon(name string) string {
	text, err := files.ReadFile("icons/" + name + ".svg")
	if err != nil {
		panic("asset: no icon " + name)
	}
	return string(text)
}
