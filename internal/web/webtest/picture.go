package webtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Album is the pictures of pages that the help centre and the README show. They
// are never out of date: with each goes a fingerprint of what was to be seen, and
// a test that takes the same walk finds one that differs.
type Album struct {
	Dir    string // below the module's root
	prints map[string]string
}

// PictureScreens are the windows that pictures are taken of: lower than real ones,
// so that what matters fills them.
var PictureScreens = []Screen{{"desktop", 1024, 560, false}, {"tablet", 820, 760, true}, {"phone", 390, 640, true}}

// scales make pictures small: of a tablet more than of a phone.
var scales = map[string]float64{"desktop": .7, "tablet": .5, "phone": .75}

// updating says whether pictures are taken anew.
func updating() bool { return os.Getenv("UPDATE_PICTURES") != "" }

func (a *Album) file() string { return filepath.Join(root(), a.Dir, "fingerprints.json") }

// Open reads the fingerprints.
func (a *Album) Open() error {
	a.prints = map[string]string{}
	text, err := os.ReadFile(a.file())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return json.Unmarshal(text, &a.prints)
}

// Close keeps the fingerprints, where pictures were taken anew.
func (a *Album) Close() error {
	if !updating() {
		return nil
	}
	text, err := json.MarshalIndent(a.prints, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(a.file(), append(text, '\n'), 0o600)
}

// shape is what a page shows but for what differs from day to day: its words
// without digits and without ids, in the order in which they stand.
const shape = `(() => {
	const ids = [...document.querySelectorAll('.mono')];
	for (const e of ids) e.hidden = true;
	const words = document.body.innerText;
	for (const e of ids) e.hidden = false;
	return words + '|' + [...document.querySelectorAll('main a, main button, main input, main select')].map((e) => e.tagName + (e.name || '')).join();
})().replace(/[0-9]+/g, '#').replace(/\s+/g, ' ')`

// Picture holds the window's page against the picture of that name, or takes it
// anew.
func (w *Window) Picture(a *Album, name string) *Window {
	w.T.Helper()
	name += "-" + w.Look.Screen.Name + "-" + w.Look.Lang + ".webp"
	sum := sha256.Sum256([]byte(Eval[string](w, shape)))
	seen := hex.EncodeToString(sum[:8])
	file := filepath.Join(root(), a.Dir, name)
	if !updating() {
		if _, err := os.Stat(file); err != nil || a.prints[name] != seen {
			w.T.Errorf("the picture %s is not of today's page: run make pictures", name)
		}
		return w
	}
	if _, err := os.Stat(file); err == nil && a.prints[name] == seen {
		return w // nothing has changed: nor does the file
	}
	a.prints[name] = seen
	w.step("take a picture", func(ctx context.Context) error {
		quality := int64(80)
		taken, err := chromedp.Call(ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: page.CaptureScreenshotFormatWebp, Quality: &quality,
			Clip: &page.Viewport{Width: float64(w.Look.Screen.width), Height: float64(w.Look.Screen.height), Scale: scales[w.Look.Screen.Name]}})
		if err != nil {
			return err
		}
		return os.WriteFile(file, taken.Data, 0o600)
	})
	return w
}
