package main

import (
	"strconv"
	"strings"
	"time"
)

// parseSpan reads whole days ("15d") and Go's durations ("36h", "90m").
func parseSpan(s string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(s, "d"); ok {
		n, err := strconv.ParseUint(days, 10, 16)
		return time.Duration(n) * 24 * time.Hour, err
	}
	return time.ParseDuration(s)
}
