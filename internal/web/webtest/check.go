package webtest

import (
	"context"
	_ "embed"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/cdp"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

//go:embed vendor/axe.js
var axe string

var (
	enableLog       = cdplog.Enable
	enableLogParams = cdp.Empty{}
)

// logs is what the browser complains of: scripts that fail, and whatever a page
// wants that its Content-Security-Policy forbids.
type logs struct {
	mu  sync.Mutex
	all []string
}

func (l *logs) hear(event any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch e := event.(type) {
	case *cdplog.EventEntryAdded:
		if e.Entry.Level == "error" && !strings.Contains(e.Entry.Text, "the server responded with a status of") {
			l.all = append(l.all, e.Entry.Text)
		}
	case *runtime.EventExceptionThrown:
		l.all = append(l.all, e.ExceptionDetails.Text)
	}
}

func (l *logs) take() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := l.all
	l.all = nil
	return out
}

// rules are the axe-core rules that a page is held to: WCAG 2.2 A and AA, and the
// best practices. None of them wants the style sheets loaded a second time, which
// axe-core does unless it is told not to, and which takes it half its time.
const rules = `['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']`

// Check holds a page to what every page must be: no violation of WCAG 2.2 AA that
// axe-core finds, nothing wider than the window, nothing that the browser
// complains of, no text key in the place of a text. It keeps a picture where one is
// wanted.
func (w *Window) Check(name string) *Window {
	w.T.Helper()
	for _, l := range w.logs.take() {
		w.T.Errorf("%s (%s, %s): the browser complains: %s", name, w.Look.Screen.Name, w.Look.Lang, l)
	}
	w.Shot(name)
	wide := Eval[string](w, `(() => {
		const over = document.documentElement.scrollWidth - innerWidth;
		if (over <= 1) return '';
		const e = [...document.querySelectorAll('body *')].find((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.table-scroll'));
		return over + 'px: ' + (e ? e.outerHTML.slice(0, 300) : '?');
	})()`)
	if wide != "" {
		w.T.Errorf("%s (%s, %s): wider than the window by %s", name, w.Look.Screen.Name, w.Look.Lang, wide)
	}
	if key := Eval[string](w, `(document.body.innerText.match(/\b(page|fault|notice)\.[a-z_]+[a-z_.]*/) || [''])[0]`); key != "" {
		w.T.Errorf("%s (%s): the text %s is missing", name, w.Look.Lang, key)
	}
	if moved := w.shifted(); moved > mostShift {
		w.T.Errorf("%s (%s, %s): the page moves while it is drawn, by %.3f", name, w.Look.Screen.Name, w.Look.Lang, moved)
	}
	if !w.Look.NoScripts { // axe-core is a script that waits for others
		w.checkAxe(name)
	}
	return w
}

// mostShift is how much of a page may move by itself while it is drawn, as a
// cumulative layout shift (Layout Instability, W3C draft, section 4): a fifth of
// what browsers' makers call good.
const mostShift = .02

// Settled leaves out of that what has moved the page so far: a notice that comes in
// at its top, say, which is meant to.
func (w *Window) Settled() *Window {
	w.T.Helper()
	Await[bool](w, `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => { window.settledAt = performance.now(); done(true); })))`)
	return w
}

// shifted gives that of the page so far, without what followed what somebody did.
func (w *Window) shifted() float64 {
	w.T.Helper()
	return Eval[float64](w, `(() => {
		const watch = new PerformanceObserver(() => {});
		watch.observe({type: 'layout-shift', buffered: true});
		return watch.takeRecords().filter((e) => !e.hadRecentInput && e.startTime > (window.settledAt || 0)).reduce((sum, e) => sum + e.value, 0);
	})()`)
}

// found is one violation, in a few words.
type found struct {
	ID    string   `json:"id"`
	Help  string   `json:"help"`
	Nodes []string `json:"nodes"`
}

func (w *Window) checkAxe(name string) {
	w.T.Helper()
	var all []found
	w.step("check with axe", func(ctx context.Context) (err error) {
		if err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, runtime.Evaluate, runtime.EvaluateParams{Expression: axe + "; undefined"})
			return err
		})); err != nil {
			return err
		}
		all, err = chromedp.Run(ctx, chromedp.Evaluate[[]found](`axe.run(document, {runOnly: {type: 'tag', values: `+rules+`}, resultTypes: ['violations'], preload: {assets: ['media']}})
			.then((r) => r.violations.map((v) => ({id: v.id, help: v.help, nodes: v.nodes.map((n) => n.html.slice(0, 200) + ' — ' + (n.any[0] || n.all[0] || n.none[0] || {message: ''}).message)})))`,
			chromedp.EvalAwaitPromise))
		return err
	})
	for _, v := range all {
		w.T.Errorf("%s (%s, %s): %s: %s\n  %s", name, w.Look.Screen.Name, w.Look.Lang, v.ID, v.Help, strings.Join(v.Nodes, "\n  "))
	}
	if len(all) > 0 {
		w.T.Logf("%d violations on %s", len(all), name)
	}
}
