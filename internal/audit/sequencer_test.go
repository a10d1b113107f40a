package audit_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
)

func TestTheSequencerPlacesOnNudgeAndByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log, m := newLog(t)
		s := audit.NewSequencer(log, time.Minute, slog.New(slog.DiscardHandler))
		s.Start(t.Context())
		synctest.Wait()
		add := func(i int) {
			if err := m.AppendAudit(t.Context(), entry(i)); err != nil {
				t.Fatal(err)
			}
		}
		add(0)
		s.Nudge()
		s.Nudge()
		synctest.Wait()
		if got := size(t, log); got != 1 {
			t.Fatalf("after a nudge %d have places", got)
		}
		add(1)
		time.Sleep(59 * time.Second)
		synctest.Wait()
		if size(t, log) != 1 {
			t.Fatal("it looks all the time")
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if size(t, log) != 2 {
			t.Fatal("it does not look by itself")
		}
		s.Stop()
		add(2)
		s.Nudge()
		time.Sleep(time.Hour)
		if size(t, log) != 2 {
			t.Fatal("it goes on after Stop")
		}
	})
}

func TestAFailingSequencerWaitsLongerAndRecovers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log, m := newLog(t)
		inTx := log.InTx
		var healed atomic.Bool
		var tries atomic.Int64
		log.InTx = func(ctx context.Context, fn func(audit.LogTx) error) error {
			if tries.Add(1); !healed.Load() {
				return errors.New("database is away")
			}
			return inTx(ctx, fn)
		}
		if err := m.AppendAudit(t.Context(), entry(0)); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		s := audit.NewSequencer(log, time.Second, slog.New(slog.NewTextHandler(&out, nil)))
		s.Start(t.Context())
		for range 600 {
			s.Nudge()
			time.Sleep(time.Second)
		}
		synctest.Wait()
		if n := int(tries.Load()); n < 10 || n > 20 || strings.Count(out.String(), "stay pending") != n {
			t.Errorf("%d tries in ten minutes\n%s", tries.Load(), out.String())
		}
		healed.Store(true)
		time.Sleep(time.Minute)
		synctest.Wait()
		if size(t, log) != 1 {
			t.Error("did not recover")
		}
		s.Stop()
	})
}

func TestStopWithoutStart(*testing.T) {
	audit.NewSequencer(nil, time.Second, nil).Stop()
}

func size(t *testing.T, log *audit.Log) int64 {
	t.Helper()
	head, err := log.Reads.AuditHead(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return head.Size
}
