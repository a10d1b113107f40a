package main

import (
	"bytes"
	"io"
	"strings"

	"github.com/alecthomas/kong"
)

// wordHelp gives every command, flag and argument its text from the catalogue.
// A command's key is its path; flags and arguments share a text by their name,
// unless the command has one of its own.
func (e *env) wordHelp(m *kong.Application) {
	m.HelpFlag.Help = e.say("flag.help")
	e.wordNode(m.Node, "")
}

func (e *env) wordNode(n *kong.Node, path string) {
	if path == "" {
		n.Help = e.say("help.signoff")
	} else {
		n.Help = e.say("help." + path)
		if key := "detail." + path; e.texts.Has(e.lang, "cli."+key) {
			n.Detail = e.say(key)
		}
	}
	for _, f := range n.Flags {
		if f.Name != "help" {
			f.Help = e.wordValue("flag", path, f.Name)
		}
	}
	for _, p := range n.Positional {
		p.Help = e.wordValue("arg", path, p.Name)
	}
	for _, child := range n.Children {
		below := child.Name
		if path != "" {
			below = path + "." + child.Name
		}
		e.wordNode(child, below)
	}
}

func (e *env) wordValue(kind, path, name string) string {
	if own := kind + "." + path + "." + name; e.texts.Has(e.lang, "cli."+own) {
		return e.say(own)
	}
	return e.say(kind + "." + name)
}

// printHelp prints kong's help with its headings in the chosen language.
func (e *env) printHelp(o kong.HelpOptions, ctx *kong.Context) error {
	var b bytes.Buffer
	out := ctx.Stdout
	ctx.Stdout = &b
	err := kong.DefaultHelpPrinter(o, ctx)
	ctx.Stdout = out
	if err != nil {
		return err
	}
	text := b.String()
	for _, heading := range []string{"Usage: ", "Arguments:", "Flags:", "Commands:"} {
		text = replaceLineStart(text, heading, e.say("heading."+strings.ToLower(strings.TrimRight(heading, ": "))))
	}
	if i := strings.LastIndex(text, "\nRun \""); i >= 0 {
		text = text[:i+1] + e.say("help_more") + "\n"
	}
	_, err = io.WriteString(out, text)
	return err
}

func replaceLineStart(text, from, to string) string {
	if rest, ok := strings.CutPrefix(text, from); ok {
		text = to + rest
	}
	return strings.ReplaceAll(text, "\n"+from, "\n"+to)
}
