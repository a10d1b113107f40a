package e2e_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/signoff-id/signoff/internal/delivery"
)

// mailbox takes what people are told.
type mailbox struct {
	mu  sync.Mutex
	all []delivery.Notice
}

func (m *mailbox) send(_ context.Context, n delivery.Notice) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.all = append(m.all, n)
	return nil
}

// to gives what an address was told, in order.
func (m *mailbox) to(address string) (all []delivery.Notice) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, n := range m.all {
		if n.Address == address {
			all = append(all, n)
		}
	}
	return all
}

// told waits until a person was told something of a kind.
func (s *stage) told(p *person, kind string) delivery.Notice {
	s.T.Helper()
	var found delivery.Notice
	s.until("a notice "+kind, func() bool {
		for _, n := range s.mail.to(p.email) {
			if n.Kind == kind {
				found = n
				return true
			}
		}
		return false
	})
	return found
}

// logbook keeps everything that is logged, down to the smallest detail and
// without the filter that real logs pass.
type logbook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logbook) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *logbook) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// planted are the secrets and the personal data of a test: nothing that an
// operator looks at may hold them.
type planted struct {
	mu    sync.Mutex
	words []string
}

func (p *planted) add(words ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range words {
		if w != "" && !slices.Contains(p.words, w) {
			p.words = append(p.words, w)
		}
	}
}

// in gives the first lines of a text that hold a planted word.
func (p *planted) in(text string) (found []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range p.words {
		for _, form := range []string{w, fmt.Sprintf("%x", w)} {
			if at := strings.Index(text, form); at >= 0 {
				line := text[strings.LastIndexByte(text[:at], '\n')+1:]
				line, _, _ = strings.Cut(line, "\n")
				found = append(found, w+": "+line)
			}
		}
	}
	return found
}

// mustBeClean fails a test whose whole run has logged anything planted, or an
// error that nobody expected.
func (l *logbook) mustBeClean(t testing.TB, s *stage) {
	t.Helper()
	text := l.String()
	for _, line := range s.planted.in(text) {
		t.Errorf("the log holds %s", line)
	}
	for line := range strings.Lines(text) {
		if strings.Contains(line, `err="context canceled"`) {
			continue // the queue says so when it is stopped in the middle of something
		}
		if strings.Contains(line, "level=ERROR") && !slices.ContainsFunc(s.alarms, func(alarm string) bool { return strings.Contains(line, alarm) }) {
			t.Errorf("an error was logged: %s", line)
		}
	}
}
