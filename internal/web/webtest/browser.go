// Package webtest lets tests walk through the pages in a real Chromium. They do
// it on a desktop, a tablet and a phone, in both languages, with scripts and
// without.
package webtest

import (
	"context"
	"os/exec"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// Screen is a size of a window.
type Screen struct {
	Name          string
	width, height int64
	touch         bool
}

// The screens that walks are made on.
var (
	Desktop = Screen{"desktop", 1440, 900, false}
	Tablet  = Screen{"tablet", 820, 1180, true}
	Phone   = Screen{"phone", 390, 844, true}
)

// agents make the pages see the kind of device that the window has.
var agents = map[string]string{
	"phone":  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
	"tablet": "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
}

// browsers names what Chromium is called, first the one without a browser's own
// windows, which draws the same pages in half the CPU time.
var browsers = []string{"chromium-headless-shell", "chrome-headless-shell", "chromium", "chromium-browser", "google-chrome"}

// chromium starts one process for all tests of a package; each test gets a
// context of its own in it, with cookies and storage of its own.
var chromium = sync.OnceValues(func() (context.Context, func()) {
	path := ""
	for _, name := range browsers {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		return nil, func() {}
	}
	options := append([]chromedp.ExecAllocatorOption{}, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.Headless, chromedp.DisableGPU,
		chromedp.NoSandbox, chromedp.ExecPath(path))
	for _, flag := range []string{"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync", "disable-extensions",
		"disable-dev-shm-usage", "mute-audio", "hide-scrollbars", "disable-default-apps",
		"disable-features=Translate,MediaRouter,OptimizationHints,SpareRendererForSitePerProcess", "font-render-hinting=none"} {
		options = append(options, flagOf(flag))
	}
	allocator, end := chromedp.NewExecAllocator(context.Background(), options...)
	first, cancel := chromedp.NewContext(allocator)
	if err := chromedp.Do(first); err != nil {
		cancel()
		end()
		panic("chromium does not start: " + err.Error())
	}
	return first, func() { cancel(); end() }
})

func flagOf(flag string) chromedp.ExecAllocatorOption {
	for i := range flag {
		if flag[i] == '=' {
			return chromedp.Flag(flag[:i], flag[i+1:])
		}
	}
	return chromedp.Flag(flag, true)
}

// Main runs a package's tests and ends the browser with them, if one was started.
func Main(m *testing.M) int {
	code := m.Run()
	if started.Load() {
		_, end := chromium()
		end()
	}
	return code
}

var started atomic.Bool

// Look is how somebody looks at the pages.
type Look struct {
	Screen    Screen
	Lang      string // "zh-CN" or "en"
	NoScripts bool
	Dark      bool
}

// open gives a window of a browser that nobody has used yet.
func open(t testing.TB, look Look) context.Context {
	t.Helper()
	started.Store(true)
	all, _ := chromium()
	if all == nil {
		t.Fatal("the pages are tested in Chromium, which is not installed: make test-needs")
	}
	ctx, cancel := chromedp.NewContext(all, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	ctx, stop := context.WithTimeout(ctx, 15*time.Minute) // only what hangs comes near
	t.Cleanup(stop)
	prepare(ctx, t, look)
	return ctx
}

// prepare makes the window what the look says.
func prepare(ctx context.Context, t testing.TB, look Look) {
	t.Helper()
	call(ctx, t, network.Enable, network.EnableParams{})
	call(ctx, t, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": look.Lang}})
	call(ctx, t, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: look.Screen.width, Height: look.Screen.height,
		DeviceScaleFactor: 1, Mobile: look.Screen.Name == "phone"})
	call(ctx, t, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: "Asia/Shanghai"})
	if agent := agents[look.Screen.Name]; agent != "" {
		call(ctx, t, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: agent, AcceptLanguage: look.Lang})
	}
	if look.NoScripts {
		call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	}
	features := []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}} // nothing moves while it is looked at
	if look.Dark {
		features = append(features, &emulation.MediaFeature{Name: "prefers-color-scheme", Value: "dark"})
	}
	call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})
}

func call[P, R any](ctx context.Context, t testing.TB, command cdp.Command[P, R], params P) R {
	t.Helper()
	out, err := chromedp.Call(ctx, command, params)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
