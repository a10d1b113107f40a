package main

import (
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// bar shows how far a long work is, on a terminal; elsewhere it shows nothing.
type bar struct{ p *progressbar.ProgressBar }

func (e *env) progress(key string, total int) bar {
	f, ok := e.err.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return bar{}
	}
	return bar{progressbar.NewOptions(total, progressbar.OptionSetWriter(f), progressbar.OptionSetDescription(e.say(key)),
		progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionSetPredictTime(true))}
}

// set moves the bar; a terminal that went away is no failure.
func (b bar) set(done, total int64) {
	if b.p != nil {
		b.p.ChangeMax64(total)
		_ = b.p.Set64(done)
	}
}

func (b bar) end() {
	if b.p != nil {
		_ = b.p.Finish()
	}
}
