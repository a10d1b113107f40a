package visit

import "net/http"

// Save answers with a file that the browser saves and never shows. The name must
// be one of ours.
func (v *Visit) Save(media, name string, content []byte) {
	h := v.W.Header()
	h.Set("Content-Type", media)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	v.W.WriteHeader(http.StatusOK)
	_, _ = v.W.Write(content)
}
