package app_test

import (
	"os"
	"testing"
)

// TestMain lets the test binary be the process that the crash tests kill.
func TestMain(m *testing.M) {
	if plan := os.Getenv(crashEnv); plan != "" {
		os.Exit(crashChild(plan))
	}
	os.Exit(m.Run())
}
