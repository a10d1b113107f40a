package main

import "runtime"

type versionCmd struct{}

type versionView struct {
	Version string `json:"version"`
	Go      string `json:"go"`
	System  string `json:"system"`
}

func (versionCmd) Run(e *env) error {
	v := versionView{Version: version, Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH}
	return e.show(v, func(p *page) { p.line("signoff " + v.Version + " (" + v.Go + ", " + v.System + ")") })
}
