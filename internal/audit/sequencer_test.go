package audit_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
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
		if m.Size != 1 {
			t.Fatalf("after a nudge %d have places", m.Size)
		}
		add(1)
		time.Sleep(59 * time.Second)
		synctest.Wait()
		if m.Size != 1 {
			t.Fatal("it looks all the time")
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if m.Size != 2 {
			t.Fatal("it does not look by itself")
		}
		s.Stop()
		add(2)
		s.Nudge()
		time.Sleep(time.Hour)
		if m.Size != 2 {
			t.Fatal("it goes on after Stop")
		}
	})
}

func TestAFailingSequencerWaitsLongerAndRecovers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log, m := newLog(t)
		inTx, failing, tries := log.InTx, true, 0
		log.InTx = func(ctx context.Context, fn func(audit.LogTx) error) error {
			if tries++; failing {
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
		if tries < 10 || tries > 20 || strings.Count(out.String(), "stay pending") != tries {
			t.Errorf("%d tries in ten minutes\n%s", tries, out.String())
		}
		failing = false
		time.Sleep(time.Minute)
		synctest.Wait()
		if m.Size != 1 {
			t.Error("did not recover")
		}
		s.Stop()
	})
}

func TestStopWithoutStart(*testing.T) {
	audit.NewSequencer(nil, time.Second, nil).Stop()
}
