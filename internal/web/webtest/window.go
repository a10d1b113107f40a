package webtest

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// stepTime is how long one step may take on a machine that has far too much to
// do: only what hangs takes as long.
const stepTime = 2 * time.Minute

// Window is somebody in front of a browser. Everything that goes wrong ends the
// test, with a picture of what was to be seen.
type Window struct {
	T    testing.TB
	url  string // of the site
	Look Look
	ctx  context.Context
	logs *logs
}

// Open gives a window that looks at a site, with a browser of its own.
func Open(t testing.TB, url string, look Look) *Window {
	t.Helper()
	if look.Lang == "" {
		look.Lang = "zh-CN"
	}
	if look.Screen.Name == "" {
		look.Screen = Desktop
	}
	w := &Window{T: t, url: url, Look: look, ctx: open(t, look), logs: &logs{}}
	w.must(chromedp.Listen(w.ctx, w.logs.hear))
	call(w.ctx, t, enableLog, enableLogParams)
	return w
}

// Go opens a page of the site.
func (w *Window) Go(path string) *Window {
	w.T.Helper()
	w.step("go to "+path, func(ctx context.Context) error {
		_, err := chromedp.RunResponse(ctx, chromedp.Navigate(w.url+path))
		return err
	})
	return w
}

// Back presses the back button.
func (w *Window) Back() *Window {
	w.T.Helper()
	w.step("go back", func(ctx context.Context) error { return chromedp.Do(ctx, chromedp.NavigateBack()) })
	return w
}

// Type types into the field with a name, in the place of what was there.
func (w *Window) Type(name, text string) *Window {
	w.T.Helper()
	sel := chromedp.CSS(fmt.Sprintf(`main [name=%q]:not([type=hidden])`, name))
	w.step("type into "+name, func(ctx context.Context) error {
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](fmt.Sprintf(`(document.querySelector('main [name=%q]:not([type=hidden])').value = '', true)`, name))); err != nil {
			return err
		}
		return chromedp.Do(ctx, chromedp.SendKeys(sel, text))
	})
	return w
}

// Paste puts lines into the text area with a name, in the place of what was there.
func (w *Window) Paste(name, text string) *Window {
	w.T.Helper()
	w.eval(fmt.Sprintf(`(document.querySelector('main textarea[name=%q]').value = %q, true)`, name, text))
	return w
}

// Choose chooses a value of the list to drop down, or of the radio buttons, with a
// name, or ticks the box with that name and value.
func (w *Window) Choose(name, value string) *Window {
	w.T.Helper()
	w.eval(fmt.Sprintf(`(() => {
		const field = document.querySelector('main select[name=%q]');
		if (field) { field.value = %q; field.dispatchEvent(new Event('change', {bubbles: true})); if (field.value !== %q) throw new Error('no such option'); return true; }
		const box = document.querySelector('main input[name=%q][value=%q]');
		box.click(); if (!box.checked) throw new Error('not ticked'); return true;
	})()`, name, value, value, name, value))
	return w
}

// Pick picks a day or an instant, as the browser's own calendar would.
func (w *Window) Pick(name, value string) *Window {
	w.T.Helper()
	w.eval(fmt.Sprintf(`(() => {
		const field = document.querySelector('main input[name=%q]');
		field.value = %q; if (field.value !== %q) throw new Error('no such day'); return true;
	})()`, name, value, value))
	return w
}

// Upload chooses a file of this machine.
func (w *Window) Upload(name, file string) *Window {
	w.T.Helper()
	sel := chromedp.CSS(fmt.Sprintf(`main input[type=file][name=%q]`, name))
	w.step("choose a file for "+name, func(ctx context.Context) error { return chromedp.Do(ctx, chromedp.SetUploadFiles(sel, []string{file})) })
	return w
}

// finder finds what can be pressed by the words on it, as a person would: a
// button, a link, a summary or a label that is to be seen.
const finder = `(words) => {
	const shown = (e) => { const r = e.getBoundingClientRect(); return r.width > 0 && r.height > 0 && getComputedStyle(e).visibility !== 'hidden'; };
	const says = (e) => (e.innerText || e.value || '').replace(/\s+/g, ' ').trim();
	const all = [...document.querySelectorAll('main button, main a, main summary, main label, main input[type=submit], button, a, summary')].filter(shown);
	const open = document.querySelector('dialog[open]');
	const from = open ? all.filter((e) => open.contains(e)) : all;
	const e = from.find((e) => says(e) === words || e.getAttribute('aria-label') === words || e.id === words) || from.find((e) => says(e).includes(words));
	if (!e) throw new Error('nothing to press says ' + words + '; there is: ' + from.map(says).filter(Boolean).join(' | '));
	e.scrollIntoView({block: 'center', inline: 'center'});
	const r = e.getClientRects()[0];
	const x = r.left + r.width / 2, y = r.top + r.height / 2;
	const over = document.elementFromPoint(x, y);
	if (!over || !(e.contains(over) || over.contains(e))) throw new Error(words + ' is covered by ' + (over ? over.outerHTML.slice(0, 200) : 'nothing'));
	return [x, y];
}`

func (w *Window) find(ctx context.Context, words string) (x, y float64, err error) {
	name, _ := json.Marshal(words)
	at, err := chromedp.Run(ctx, chromedp.Evaluate[[]float64]("("+finder+")("+string(name)+")"))
	if err != nil {
		return 0, 0, err
	}
	return at[0], at[1], nil
}

// Press presses what says these words, and waits for the page that follows.
func (w *Window) Press(words string) *Window {
	w.T.Helper()
	w.step("press "+words, func(ctx context.Context) error {
		x, y, err := w.find(ctx, words)
		if err != nil {
			return err
		}
		_, err = chromedp.RunResponse(ctx, chromedp.MouseClickXY(x, y))
		return err
	})
	return w
}

// Touch presses what says these words, where no new page follows.
func (w *Window) Touch(words string) *Window {
	w.T.Helper()
	w.step("touch "+words, func(ctx context.Context) error {
		x, y, err := w.find(ctx, words)
		if err != nil {
			return err
		}
		return chromedp.Do(ctx, chromedp.MouseClickXY(x, y))
	})
	return w
}

// Sees waits until all of the words are to be seen.
func (w *Window) Sees(words ...string) *Window {
	w.T.Helper()
	for _, word := range words {
		w.step("see "+word, func(ctx context.Context) error {
			for {
				text, err := w.text(ctx)
				if err == nil && strings.Contains(text, word) {
					return nil
				}
				select {
				case <-ctx.Done():
					return fmt.Errorf("%q is not to be seen", word)
				case <-time.After(30 * time.Millisecond):
				}
			}
		})
	}
	return w
}

// SeesNot fails when one of the words is to be seen.
func (w *Window) SeesNot(words ...string) *Window {
	w.T.Helper()
	text := w.Text()
	for _, word := range words {
		if strings.Contains(text, word) {
			w.fail(fmt.Errorf("%q is to be seen", word))
		}
	}
	return w
}

// Loses waits until none of the words is to be seen any more.
func (w *Window) Loses(words ...string) *Window {
	w.T.Helper()
	for _, word := range words {
		w.step("see no more "+word, func(ctx context.Context) error {
			for {
				text, err := w.text(ctx)
				if err == nil && !strings.Contains(text, word) {
					return nil
				}
				select {
				case <-ctx.Done():
					return fmt.Errorf("%q is still to be seen", word)
				case <-time.After(30 * time.Millisecond):
				}
			}
		})
	}
	return w
}

func (w *Window) text(ctx context.Context) (string, error) {
	return chromedp.Run(ctx, chromedp.Evaluate[string](`document.body ? document.body.innerText.replace(/[ \t\u00a0]+/g, ' ') : ''`))
}

// Text gives all that is to be seen.
func (w *Window) Text() (text string) {
	w.T.Helper()
	w.step("read", func(ctx context.Context) (err error) { text, err = w.text(ctx); return err })
	return text
}

// At fails unless the window is at a page, by its path (and query, where it is
// given).
func (w *Window) At(path string) *Window {
	w.T.Helper()
	w.step("be at "+path, func(ctx context.Context) error {
		for {
			at, err := chromedp.Run(ctx, chromedp.Evaluate[string](`location.pathname + location.search`))
			if err == nil && (at == path || strings.HasPrefix(at, path+"?") && !strings.Contains(path, "?")) {
				return nil
			}
			select {
			case <-ctx.Done():
				return fmt.Errorf("it is at %s, not at %s", at, path)
			case <-time.After(30 * time.Millisecond):
			}
		}
	})
	return w
}

// Eval gives what a script says; T is what it gives.
func Eval[T any](w *Window, script string) (out T) {
	w.T.Helper()
	w.step("evaluate", func(ctx context.Context) (err error) {
		out, err = chromedp.Run(ctx, chromedp.Evaluate[T](script))
		return err
	})
	return out
}

// Await is Eval for a script that takes its time.
func Await[T any](w *Window, script string) (out T) {
	w.T.Helper()
	w.step("await", func(ctx context.Context) (err error) {
		out, err = chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
		return err
	})
	return out
}

func (w *Window) eval(script string) { w.T.Helper(); Eval[bool](w, script) }

func (w *Window) step(what string, do func(context.Context) error) {
	w.T.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, stepTime)
	defer cancel()
	if err := do(ctx); err != nil {
		w.fail(fmt.Errorf("%s: %w", what, err))
	}
}

func (w *Window) must(err error) {
	w.T.Helper()
	if err != nil {
		w.fail(err)
	}
}

// fail ends the test and keeps what was to be seen.
func (w *Window) fail(err error) {
	w.T.Helper()
	file := w.picture("failed")
	at, _ := chromedp.Run(w.ctx, chromedp.Location())
	text, _ := w.text(w.ctx)
	w.T.Fatalf("%v\nat %s (%s, %s), pictured in %s:\n%s", err, at, w.Look.Screen.Name, w.Look.Lang, file, text)
}

// pictures is where screenshots go; git ignores it.
var pictures = filepath.Join(root(), ".screenshots")

// looked says whether somebody wants to look at the pages: walks were chosen by
// -run, or SCREENSHOTS is set. A run of all of them keeps only pictures of what
// failed.
func looked() bool {
	chosen := flag.Lookup("test.run")
	return os.Getenv("SCREENSHOTS") != "" || chosen != nil && chosen.Value.String() != ""
}

// Shot keeps a picture of the page under a name, for people who want to look at it.
func (w *Window) Shot(name string) *Window {
	w.T.Helper()
	if looked() {
		w.picture(name)
	}
	return w
}

func (w *Window) picture(name string) string {
	look := w.Look.Screen.Name + "-" + w.Look.Lang
	if w.Look.Dark {
		look += "-dark"
	}
	if w.Look.NoScripts {
		look += "-plain"
	}
	dir := filepath.Join(pictures, strings.ReplaceAll(w.T.Name(), "/", "_"))
	file := filepath.Join(dir, name+"-"+look+".png")
	png, err := chromedp.Run(w.ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.MkdirAll(dir, 0o750)
	}
	if err == nil {
		err = os.WriteFile(file, png, 0o600)
	}
	if err != nil {
		return err.Error()
	}
	return file
}

// root is the folder of the module.
func root() string {
	dir, err := os.Getwd()
	for err == nil && dir != filepath.Dir(dir) {
		if _, e := os.Stat(filepath.Join(dir, "go.mod")); e == nil {
			return dir
		}
		dir = filepath.Dir(dir)
	}
	return "."
}
