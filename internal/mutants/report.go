package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
)

// report prints how many changes the tests notice, room by room, and those that
// they do not.
func report(all []*change, knownFile string) error {
	known, err := explained(knownFile)
	if err != nil {
		return err
	}
	fmt.Printf("\n%-22s %8s %8s %9s %10s %8s\n", "room", "changes", "noticed", "survived", "unreached", "noticed")
	var rooms []string
	for _, c := range all {
		if !slices.Contains(rooms, c.room) {
			rooms = append(rooms, c.room)
		}
	}
	for _, room := range append(rooms, "") {
		row(room, all)
	}
	slices.SortStableFunc(all, func(a, b *change) int { return strings.Compare(a.file, b.file) })
	open := 0
	for _, c := range all {
		if c.state == killed {
			continue
		}
		fmt.Printf("%s:%d #%d in %s, %s, %d tests asked, %s: %s\n", c.file, c.line, c.id, c.in, c.state, c.asked, c.kind, c.what)
		if why, ok := known[c.name()]; ok {
			fmt.Printf("    %s\n", why)
		} else {
			open++
		}
	}
	if open > 0 {
		return fmt.Errorf("%d changes that no test notices are not explained in %s", open, knownFile)
	}
	return nil
}

// row prints the figures of a room, or of all.
func row(room string, all []*change) {
	count := map[state]int{}
	total := 0
	for _, c := range all {
		if room == "" || c.room == room {
			count[c.state]++
			total++
		}
	}
	name := room
	if room == "" {
		name = "all"
	}
	fmt.Printf("%-22s %8d %8d %9d %10d %7.1f%%\n", name, total, count[killed], count[survived], count[unreached], 100*float64(count[killed])/float64(max(total, 1)))
}

// explained reads survivors that are known, a line each: the change's name, a
// tab, and why no test can or need notice it.
func explained(file string) (map[string]string, error) {
	f, err := os.Open(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	known := map[string]string{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if name, why, ok := strings.Cut(lines.Text(), "\t"); ok {
			known[name] = why
		}
	}
	return known, nil
}
