package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	"github.com/rogpeppe/go-internal/testscript"
	_ "modernc.org/sqlite" // scripts change a row behind the program's back

	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/pgtest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"signoff": main})
}

// The scripts in testdata show every area of the command line, and are meant to
// be read.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			// LANG is set by the scripts that want Chinese.
			env.Setenv("LANG", "C.UTF-8")
			// With the race detector every process would sleep a second at its end.
			env.Setenv("GORACE", "atexit_sleep_ms=0")
			env.Values[theTest{}] = env.T()
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"capture": capture, "await": await, "sqlite": runSQL, "flip": flip, "api": callAPI, "awaitstate": awaitState, "postgres": postgres,
		},
		RequireExplicitExec: true,
	})
}

// capture NAME FILE REGEXP keeps what the first group matches in a variable.
func capture(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: capture NAME FILE REGEXP")
	}
	m := regexp.MustCompile(args[2]).FindStringSubmatch(ts.ReadFile(args[1]))
	if len(m) < 2 {
		ts.Fatalf("no match for %s in:\n%s", args[2], ts.ReadFile(args[1]))
	}
	ts.Setenv(args[0], strings.TrimSpace(m[1]))
}

// await FILE waits until somebody has written a file.
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: await FILE")
	}
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Minute)
	defer stop()
	for tick := time.NewTicker(20 * time.Millisecond); ; {
		if text, err := os.ReadFile(ts.MkAbs(args[0])); err == nil && strings.HasSuffix(string(text), "\n") {
			return
		}
		select {
		case <-ctx.Done():
			ts.Fatalf("%s never came", args[0])
		case <-tick.C:
		}
	}
}

// sqlite FILE STATEMENT runs a statement behind the program's back.
func runSQL(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: sqlite FILE STATEMENT")
	}
	db, err := sql.Open("sqlite", "file:"+ts.MkAbs(args[0])+"?_pragma=busy_timeout(5000)")
	ts.Check(err)
	res, err := db.Exec(args[1])
	ts.Check(err)
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		ts.Fatalf("%d rows changed, %v; want one", n, err)
	}
	ts.Check(db.Close())
}

// flip FILE changes one bit in the middle of a file.
func flip(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: flip FILE")
	}
	text := []byte(ts.ReadFile(args[0]))
	text[len(text)/2] ^= 1
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), text, 0o600))
}

// api STATUS METHOD PATH [BODY] calls the server at $URL as $TOKEN and leaves the
// answer in the file "answer".
func callAPI(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: api STATUS METHOD PATH [BODY]")
	}
	body := strings.NewReader(strings.Join(args[3:], " "))
	req, err := http.NewRequest(args[1], ts.Getenv("URL")+args[2], body)
	ts.Check(err)
	if body.Len() > 0 {
		req.Header.Set("Content-Type", "application/json")
	}
	if token := ts.Getenv("TOKEN"); token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := http.DefaultClient.Do(req)
	ts.Check(err)
	answer, err := io.ReadAll(res.Body)
	ts.Check(err)
	ts.Check(res.Body.Close())
	ts.Check(os.WriteFile(ts.MkAbs("answer"), answer, 0o600))
	if !strings.HasPrefix(res.Status, args[0]) {
		ts.Fatalf("%s %s: %s\n%s", args[1], args[2], res.Status, answer)
	}
}

// awaitstate CLOSURE STATE waits until the running server has taken a closure
// there; it looks into $CONFIG.
func awaitState(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: awaitstate CLOSURE STATE")
	}
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Minute)
	defer stop()
	for tick := time.NewTicker(100 * time.Millisecond); ; {
		var out, errs strings.Builder
		code := run(ctx, []string{"closure", "show", args[0], "--json", "--config", ts.MkAbs(ts.Getenv("CONFIG"))}, strings.NewReader(""), &out, &errs)
		if code == exitOK && strings.Contains(out.String(), `"state": "`+args[1]+`"`) {
			return
		}
		select {
		case <-ctx.Done():
			ts.Fatalf("not %s:\n%s%s", args[1], out.String(), errs.String())
		case <-tick.C:
		}
	}
}

// postgres NAME keeps the address of a fresh PostgreSQL database in a variable.
func postgres(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: postgres NAME")
	}
	ts.Setenv(args[0], pgtest.DSN(ts.Value(theTest{}).(testing.TB)))
}

// theTest is where a script finds its test.
type theTest struct{}

// Every command, flag and argument has a text in both languages.
func TestEveryCommandIsExplained(t *testing.T) {
	for _, lang := range language.All() {
		e, err := newEnv([]string{"--lang", lang}, nil, nil, io.Discard, io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		e.texts.Missing = func(lang, key string) { t.Errorf("%s has no text in %s", key, lang) }
		if _, err := e.parser(&commands{}); err != nil {
			t.Fatal(err)
		}
	}
}

// A help text that names one of the words that a flag takes names all of them.
func TestHelpNamesEveryChoice(t *testing.T) {
	for _, lang := range language.All() {
		e, err := newEnv([]string{"--lang", lang}, nil, nil, io.Discard, io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		k, err := e.parser(&commands{})
		if err != nil {
			t.Fatal(err)
		}
		seen := 0
		if err := kong.Visit(k.Model, func(n kong.Visitable, next kong.Next) error {
			v, ok := n.(*kong.Value)
			if flag, is := n.(*kong.Flag); is {
				v, ok = flag.Value, true
			}
			if ok && v.Enum != "" {
				if seen++; !namesAllOrNone(v.Help, v.EnumSlice()) {
					t.Errorf("%s, %s: the help %q does not name each of %s", lang, v.Summary(), v.Help, v.Enum)
				}
			}
			return next(nil)
		}); err != nil {
			t.Fatal(err)
		}
		if seen < 10 {
			t.Errorf("only %d flags with choices", seen)
		}
	}
}

func namesAllOrNone(help string, choices []string) bool {
	words := regexp.MustCompile(`[A-Za-z_-]+`).FindAllString(help, -1)
	named, all := 0, 0
	for _, c := range choices {
		if c == "" {
			continue
		}
		if all++; slices.Contains(words, c) {
			named++
		}
	}
	return named == 0 || named == all
}

// What can be asked for in JSON is one JSON value and nothing else.
func TestErrorsAreJSONWhenAsked(t *testing.T) {
	var out, errs strings.Builder
	if code := run(t.Context(), []string{"--json", "closure", "list", "--stat", "x"}, strings.NewReader(""), &out, &errs); code != exitUsage {
		t.Errorf("exit code %d, want %d", code, exitUsage)
	}
	var p problem
	if err := json.Unmarshal([]byte(errs.String()), &p); err != nil || p.Code != "usage_unknown_flag" || p.Detail == "" || out.Len() > 0 {
		t.Errorf("got %+v (%v) and %q", p, err, out.String())
	}
}
