package main

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/telemetry"
	"github.com/signoff-id/signoff/internal/texts"
)

// env is what a command works with: where it reads and writes, in which
// language, and how it reaches the installation.
type env struct {
	in       io.Reader
	out, err io.Writer
	texts    *texts.Catalogue
	lang     string
	json     bool
	environ  []string
	global   *global
}

// newEnv reads from the arguments and the environment how to talk, because even
// a wrong command line is answered in the right language.
func newEnv(args, environ []string, in io.Reader, out, errs io.Writer) (*env, error) {
	e := &env{in: in, out: out, err: errs, environ: environ, global: &global{}}
	var err error
	e.texts, err = texts.Load()
	e.lang = languageOf(args, environ)
	e.json = wantsJSON(args)
	return e, err
}

// execute parses the arguments and runs the command that they name.
func (e *env) execute(ctx context.Context, args []string) (code int) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case exited:
			code = int(r)
		default:
			panic(r)
		}
	}()
	var c commands
	k, err := e.parser(&c)
	if err != nil {
		return e.fail(err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := k.Parse(args)
	if err != nil {
		return e.fail(usageFault(err))
	}
	e.global = &c.global
	parsed.BindTo(ctx, (*context.Context)(nil))
	return e.fail(parsed.Run(e))
}

// fail reports an error, if there is one, and gives the exit code.
func (e *env) fail(err error) int {
	var usage *usageError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &usage):
		e.report(usage.fault)
		return exitUsage
	default:
		e.report(err)
		return exitFailure
	}
}

// config loads the settings as the flags, the file and the environment say.
func (e *env) config() (config.Config, error) {
	flags := map[string]string{}
	for k, v := range e.global.Set {
		flags[k] = v
	}
	if e.global.DataDir != "" {
		flags["data_dir"] = e.global.DataDir
	}
	if d := e.global.Database; d != "" {
		if !strings.Contains(d, ":") {
			d = "sqlite:" + d // a plain path is a file
		}
		flags["database.dsn"] = d
	}
	return config.Load(config.Sources{File: e.global.Config, Environ: e.environ, Flags: flags})
}

// open opens the installation for one command and closes it afterwards.
func (e *env) open(ctx context.Context, do func(a *app.App) error) error {
	c, err := e.config()
	if err != nil {
		return err
	}
	return e.openAs(ctx, c, do)
}

func (e *env) openAs(ctx context.Context, c config.Config, do func(a *app.App) error) error {
	log, err := telemetry.NewLogger(e.err, "error", "text")
	if err != nil {
		return err
	}
	a, err := app.Open(ctx, c, app.TheWorld(log))
	if err != nil {
		return err
	}
	return errors.Join(do(a), a.Close())
}

// say gives a text of the command line in the chosen language.
func (e *env) say(key string, args ...any) string {
	return e.texts.Text(e.lang, "cli."+key, fault.Pairs(args...))
}
