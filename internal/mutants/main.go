// Command mutants asks whether the tests would notice a small change of the
// code. It changes the code of a room in one place after another, and runs the
// tests that pass there. A change that no test notices survives.
//
//	go run ./internal/mutants -rooms closure,erasure
//
// The tools at hand build the program anew for each change and run the tests of
// the changed package alone. Our rooms are tested through the faces of the whole
// program, where a build takes longer than the tests that matter. So all changes
// are built into the test programs at once, each behind a switch, and an
// environment variable throws one of them.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// options are what the command line says.
type options struct {
	rooms   []string // below internal/; a room/file.go takes one file
	tests   []string // packages whose tests are asked
	workers int
	only    []int         // the numbers of the changes to try; none for all
	names   string        // a file with the names of the changes to try, a line each; "" for all
	short   bool          // whether tests are asked in their short form
	enough  time.Duration // of testing for one change; 0 for all tests
	slowest time.Duration // tests that take longer are not asked
	known   string        // the file of survivors that are explained
}

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	o, err := parse(args)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "mutants")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	all, err := plant(ctx, o.rooms, dir)
	if err != nil {
		return err
	}
	fmt.Printf("%d changes in %s\n", len(all), strings.Join(o.rooms, ", "))
	if all, err = wanted(all, o); err != nil {
		return err
	}
	programs, err := build(ctx, o, dir)
	if err != nil {
		return err
	}
	tests, err := rehearse(ctx, programs, o, dir)
	if err != nil {
		return err
	}
	if err := try(ctx, all, tests, o); err != nil {
		return err
	}
	return report(all, o.known)
}

// wanted gives the changes that are asked for, by number or by name.
func wanted(all []*change, o options) (some []*change, err error) {
	if o.names != "" {
		text, err := os.ReadFile(o.names)
		if err != nil {
			return nil, err
		}
		names := strings.Split(string(text), "\n")
		all = slices.DeleteFunc(slices.Clone(all), func(c *change) bool { return !slices.Contains(names, c.name()) })
	}
	if len(o.only) == 0 {
		return all, nil
	}
	for _, n := range o.only {
		if n < 1 || n > len(all) {
			return nil, fmt.Errorf("there is no change %d", n)
		}
		some = append(some, all[n-1])
	}
	return some, nil
}

func parse(args []string) (options, error) {
	var o options
	set := flag.NewFlagSet("mutants", flag.ContinueOnError)
	rooms := set.String("rooms", "closure,policy,session,erasure,caller,org/authority.go,org/last_admin.go,api/admission.go", "rooms, or files of rooms, to change")
	tests := set.String("tests", "closure,policy,dissolution,app,api,e2e", "rooms whose tests are asked")
	set.IntVar(&o.workers, "workers", 2, "how many changes are tried at once")
	only := set.String("only", "", "try the changes of these numbers alone")
	set.StringVar(&o.names, "names", "", "try the changes alone whose names are in this file, as the report prints them")
	set.BoolVar(&o.short, "short", false, "ask the short form of each test")
	set.DurationVar(&o.enough, "enough", 0, "ask no more tests about a change after so much testing; those that noticed its neighbours are asked first")
	set.DurationVar(&o.slowest, "slowest", time.Minute, "leave out tests that take longer")
	set.StringVar(&o.known, "explained", filepath.Join("internal", "mutants", "explained.txt"), "survivors that are explained")
	if err := set.Parse(args); err != nil {
		return o, err
	}
	for number := range strings.FieldsFuncSeq(*only, func(r rune) bool { return r == ',' }) {
		n, err := strconv.Atoi(number)
		if err != nil {
			return o, err
		}
		o.only = append(o.only, n)
	}
	o.rooms, o.tests = strings.Split(*rooms, ","), strings.Split(*tests, ",")
	return o, nil
}
