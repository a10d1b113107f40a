package e2e_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/signoff-id/signoff/client"
)

// dump gives every row of Signoff's own tables but those that move by
// themselves: the queue's, and the answers that are kept for repeated requests.
func (s *stage) dump() map[string]string {
	s.T.Helper()
	all := map[string]string{}
	for name, rows := range s.Dump() {
		if !strings.HasPrefix(name, "river_") && name != "idempotency_keys" && name != "guesses" { // a wrong guess counts
			all[name] = rows
		}
	}
	return all
}

// mustBe reports every table that is not as it was.
func (s *stage) mustBe(before map[string]string) {
	s.T.Helper()
	after := s.dump()
	for name, was := range before {
		if after[name] != was {
			s.T.Errorf("%s has changed:\n%s", name, difference(was, after[name]))
		}
	}
}

func difference(before, after string) string {
	was, is := strings.Split(before, "\n"), strings.Split(after, "\n")
	var out []string
	for _, row := range was {
		if !slices.Contains(is, row) {
			out = append(out, "- "+row)
		}
	}
	for _, row := range is {
		if !slices.Contains(was, row) {
			out = append(out, "+ "+row)
		}
	}
	return strings.Join(out, "\n")
}

// fieldsOf gives what a refusal says is wrong, sorted: "path code".
func fieldsOf(err error) (all []string) {
	p, ok := errors.AsType[*client.Problem](err)
	if !ok {
		return []string{fmt.Sprint(err)}
	}
	for _, f := range p.Errors {
		all = append(all, f.Path+" "+f.Code)
	}
	slices.Sort(all)
	return all
}

// drop keeps only the error of a call.
func drop[T any](_ T, err error) error { return err }
