// Command bench measures Signoff against the floor of its database. It measures
// what people wait for and what costs a machine: session checks, sign-outs, the
// sign-out of a whole organisation, closures and the scan for due ones, on
// SQLite and on PostgreSQL with real durability. Every figure is a ratio to a
// floor that is measured in turn with it, on the same database in the same run;
// docs/performance.md explains them. It asserts nothing about time, but it
// fails when what it measured did not really happen.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if errors.Is(err, flag.ErrHelp) {
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// options are what the command line says.
type options struct {
	quick, json bool
	only        []string
	engines     []string
	dir         string
	profile     string
}

// list splits a flag's value at its commas, and refuses what is not known.
func list(value string, known []string) ([]string, error) {
	if value == "" {
		return known, nil
	}
	names := strings.Split(value, ",")
	for _, n := range names {
		if !slices.Contains(known, n) {
			return nil, fmt.Errorf("%q is none of %s", n, strings.Join(known, ", "))
		}
	}
	return names, nil
}

func parse(args []string, stderr io.Writer) (options, error) {
	var o options
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.BoolVar(&o.quick, "quick", false, "small numbers and few rounds: shows that it works, measures little")
	f.BoolVar(&o.json, "json", false, "print JSON in place of the table")
	only := f.String("only", "", "measure only these, of "+strings.Join(figureNames(), ", "))
	engines := f.String("engine", "", "on these only, of "+strings.Join(engineNames, ", "))
	f.StringVar(&o.dir, "dir", os.TempDir(), "put SQLite's files in a folder here: choose a real disk")
	f.StringVar(&o.profile, "cpuprofile", "", "write a CPU profile to this file")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	var err error
	if o.only, err = list(*only, figureNames()); err != nil {
		return o, fmt.Errorf("-only: %w", err)
	}
	if o.engines, err = list(*engines, engineNames); err != nil {
		return o, fmt.Errorf("-engine: %w", err)
	}
	return o, nil
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	o, err := parse(args, stderr)
	if err != nil {
		return err
	}
	if o.profile != "" {
		stop, err := profile(o.profile)
		if err != nil {
			return err
		}
		defer stop()
	}
	begin := time.Now()
	dir, err := os.MkdirTemp(o.dir, "signoff-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	r := Report{Machine: Machine{Cores: runtime.NumCPU(), System: runtime.GOOS + "/" + runtime.GOARCH, Go: runtime.Version(), Quick: o.quick}}
	if r.Machine.Fsync, err = fsync(dir); err != nil {
		return err
	}
	var failed error
	for _, name := range o.engines {
		results, err := measure(ctx, o, scaleOf(o.quick), name, dir, stderr)
		r.Results = append(r.Results, results...)
		if err != nil {
			failed = fmt.Errorf("%s: %w", name, err)
			break
		}
	}
	// What was measured before something failed is worth reading.
	r.Machine.Seconds = time.Since(begin).Seconds()
	if o.json {
		return errors.Join(failed, r.writeJSON(stdout))
	}
	return errors.Join(failed, r.writeTable(stdout))
}

// fsync gives the seconds that a synced write takes where SQLite's files are: it
// is what a commit waits for.
func fsync(dir string) (float64, error) {
	f, err := os.CreateTemp(dir, "fsync-")
	if err != nil {
		return 0, err
	}
	defer f.Close()
	var all []float64
	for range 51 {
		begin := time.Now()
		if _, err := f.Write(make([]byte, 4096)); err != nil {
			return 0, err
		}
		if err := f.Sync(); err != nil {
			return 0, err
		}
		all = append(all, time.Since(begin).Seconds())
	}
	return spreadOf(all).Median, nil
}

func profile(path string) (stop func(), err error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() {
		pprof.StopCPUProfile()
		f.Close()
	}, nil
}
