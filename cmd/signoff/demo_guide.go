package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/demo"
	"github.com/signoff-id/signoff/internal/language"
)

// both says something in the two languages, the chosen one first.
func (e *env) both(key string, args ...any) (first, second string) {
	one, other := *e, *e
	other.lang = language.English
	if e.lang == language.English {
		other.lang = language.Chinese
	}
	return one.say(key, args...), other.say(key, args...)
}

// guide says who can sign in and what to try next.
func (e *env) guide(d *demo.Demo, url string) string {
	var b strings.Builder
	say := func(indent, key string, args ...any) {
		first, second := e.both(key, args...)
		b.WriteString(indent + first + "\n" + indent + second + "\n")
	}
	b.WriteString("\n  Signoff · " + url + "\n\n")
	state := "demo.reused"
	if d.Fresh {
		state = "demo.fresh"
	}
	say("  ", state, "dir", short(d.Dir))
	b.WriteString("\n")
	var rows [][]string
	for _, p := range d.People {
		first, second := e.both("demo.who." + p.Username)
		rows = append(rows, []string{"  " + p.Username, p.Password, first, second})
	}
	b.WriteString(align(rows))
	for i, s := range steps(d, url) {
		b.WriteString("\n")
		say(string(rune('1'+i))+". ", "demo.try."+s.key)
		for _, command := range s.commands {
			b.WriteString("     " + command + "\n")
		}
	}
	return b.String() + "\n"
}

// step is something to try: a text by its key, and what to type.
type step struct {
	key      string
	commands []string
}

// steps lead through a closure at once, and through one that takes 15 days.
func steps(d *demo.Demo, url string) []step {
	one, two, reviewer := d.Person(demo.SalesOne), d.Person(demo.SalesTwo), d.Person(demo.Reviewer)
	signIn := func(variable string, p demo.Person) string {
		return variable + `=$(curl -s ` + url + `/v1/sessions --json '{"name":"` + p.Username + `","password":"` + p.Password +
			`","device":{"kind":"desktop"},"app":"crm"}' | grep -o 'sos_[^"]*')`
	}
	as := func(variable, path, body string) string {
		command := `curl -s -H "Authorization: Bearer $` + variable + `" "` + url + path + `"`
		if body != "" {
			command += ` --json '` + body + `'`
		}
		return command
	}
	request := func(variable, policy string) string {
		return `ID=$(` + as(variable, "/v1/closures", `{"policy":"`+policy+`"}`) + ` | grep -o '"id":"[^"]*"' | cut -d '"' -f 4)`
	}
	signoff, config := program(), " --config "+quoted(short(d.ConfigPath()))
	return []step{
		{"look", []string{url + "/"}},
		{"api", []string{url + "/docs"}},
		{"sign_in", []string{signIn("ONE", one), as("ONE", "/v1/sessions", "")}},
		{"at_once", []string{
			as("ONE", "/v1/closure/conditions?policy=dingtalk", ""), request("ONE", "dingtalk"),
			as("ONE", "/v1/closures/$ID/confirm", `{"password":"`+one.Password+`"}`),
			signoff + ` closure show "$ID"` + config,
		}},
		{"prove", []string{
			signoff + ` closure certificate "$ID" --out certificate.json` + config,
			signoff + " keys export" + config + " > keys.json",
			signoff + " certificate verify certificate.json --key keys.json",
			signoff + " audit verify" + config,
		}},
		{"letters", []string{"tail -n +1 " + quoted(short(app.LettersIn(d.Config))) + "/*"}},
		{"blocked", []string{signoff + " closure conditions " + demo.Owner + " --policy wecom" + config}},
		{"fifteen_days", []string{
			signIn("TWO", two), request("TWO", "wecom"), as("TWO", "/v1/closures/$ID/confirm", `{"password":"`+two.Password+`"}`),
			signIn("REVIEWER", reviewer), as("REVIEWER", "/v1/reviews/$ID/approve", "") + " -X POST",
			signoff + " demo advance 15d --dir " + quoted(short(d.Dir)),
			"sleep 3; " + signoff + ` closure show "$ID"` + config,
		}},
	}
}

// program is how this program was called, so that a copied line finds it.
func program() string {
	if strings.ContainsRune(os.Args[0], filepath.Separator) {
		return quoted(os.Args[0])
	}
	return "signoff"
}

// short gives a path as seen from here, where that is shorter.
func short(path string) string {
	here, err := os.Getwd()
	if err != nil {
		return path
	}
	if near, err := filepath.Rel(here, path); err == nil && len(near) < len(path) {
		return near
	}
	return path
}

// quoted writes a path so that a shell takes it as one word.
func quoted(path string) string {
	if !strings.ContainsAny(path, " '\"$`\\()&;|<>*?#~") {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}
