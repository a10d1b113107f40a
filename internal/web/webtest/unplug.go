package webtest

import "github.com/chromedp/cdproto/cdp"

// unplugged are the parameters of Network.emulateNetworkConditions, which every
// Chromium knows.
type unplugged struct {
	Offline            bool    `json:"offline"`
	Latency            float64 `json:"latency"`
	DownloadThroughput float64 `json:"downloadThroughput"`
	UploadThroughput   float64 `json:"uploadThroughput"`
}

var emulateNetwork = cdp.Command[unplugged, cdp.Empty]{Method: "Network.emulateNetworkConditions"}

// Unplug takes the network away from the window, or gives it back.
func (w *Window) Unplug(yes bool) *Window {
	w.T.Helper()
	call(w.ctx, w.T, emulateNetwork, unplugged{Offline: yes, DownloadThroughput: -1, UploadThroughput: -1})
	return w
}

// Forgive forgets what the browser has complained of so far: a request that
// failed because the test wanted it to.
func (w *Window) Forgive() *Window {
	w.logs.take()
	return w
}
