package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/signoff-id/signoff/internal/fault"
)

// passwordFrom is how a command takes a password: from a file, or typed without
// echo, or from standard input when that is no terminal. Never as an argument,
// which everybody on the machine can read.
type passwordFrom struct {
	PasswordFile string `type:"path" placeholder:"FILE"`
}

// maxPassword bounds what is read in the place of a password.
const maxPassword = 4096

func (p passwordFrom) read(e *env) (string, error) {
	if p.PasswordFile != "" {
		text, err := os.ReadFile(p.PasswordFile)
		if err != nil {
			return "", unreadable(p.PasswordFile, err)
		}
		return oneSecret(text)
	}
	if f, ok := e.in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return askTwice(e, f)
	}
	text, err := io.ReadAll(io.LimitReader(e.in, maxPassword+1))
	if err != nil {
		return "", err
	}
	return oneSecret(text)
}

func askTwice(e *env, f *os.File) (string, error) {
	var typed [2]string
	for i, key := range []string{"ask_password", "ask_password_again"} {
		fmt.Fprint(e.err, e.say(key))
		b, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(e.err)
		if err != nil {
			return "", err
		}
		typed[i] = string(b)
	}
	if typed[0] != typed[1] {
		return "", fault.New(fault.Invalid, "password_typed_differently")
	}
	return typed[0], nil
}

// oneSecret takes a secret that is alone in a text; its line's end is no part
// of it.
func oneSecret(text []byte) (string, error) {
	s := strings.TrimRight(string(text), "\r\n")
	if s == "" || len(s) > maxPassword || strings.ContainsAny(s, "\r\n") {
		return "", fault.New(fault.Invalid, "password_missing")
	}
	return s, nil
}

// readFile reads a file that the operator names; "-" is standard input.
func (e *env) readFile(path string) ([]byte, error) {
	if path == "-" {
		return io.ReadAll(e.in)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	return text, nil
}

func unreadable(path string, why error) error {
	code := "file_unreadable"
	if errors.Is(why, os.ErrNotExist) {
		code = "file_missing"
	}
	return fault.New(fault.NotFound, code, "path", path).Because(why)
}
