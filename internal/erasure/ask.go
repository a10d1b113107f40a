package erasure

import (
	"context"
	"encoding/json"
	"runtime/debug"
	"sync"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
)

// unheeding bounds how long a data holder may take to notice that its time is
// over.
const unheeding = 5 * time.Second

// ask calls a data holder and keeps off the rest what a holder must not do. A
// panic becomes the fault holder_panicked: its words, which may quote data, go
// nowhere. A call that does not end when its context does, as on a file system
// that hangs, is left behind and answered like a timeout, or a few of them would
// hold all workers for ever.
func ask[T any](try context.Context, e *Engine, part Part, call func() (T, error)) (T, error) {
	type answer struct {
		value T
		err   error
	}
	answered := make(chan answer, 1)
	go func() {
		// What stands here until the call has returned, which it may never do.
		a := answer{err: fault.New(fault.Internal, "holder_panicked", "holder", part.Holder)}
		defer func() {
			if recover() != nil {
				e.Log.ErrorContext(try, "data holder panicked", "of", part.Of, "holder", part.Holder, "stack", string(debug.Stack()))
			}
			answered <- a
		}()
		a.value, a.err = call()
	}()
	select {
	case a := <-answered:
		return a.value, a.err
	case <-try.Done():
	}
	late := time.NewTimer(min(unheeding, e.Tries.Timeout))
	defer late.Stop()
	select {
	case a := <-answered:
		return a.value, a.err
	case <-late.C:
		var none T
		return none, try.Err()
	}
}

// saver keeps the progress of one try. The holder may call it from anywhere,
// even after it was left behind; then SavePart refuses it as soon as another try
// has begun.
type saver struct {
	engine *Engine
	mu     sync.Mutex
	part   Part
}

func (s *saver) save(ctx context.Context, progress []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.part.Progress = append(json.RawMessage(nil), progress...)
	return s.engine.save(ctx, s.part)
}

func (s *saver) progress() json.RawMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.part.Progress
}

// erase asks a data holder to erase; the part learns what was saved meanwhile,
// however it ends.
func (e *Engine) erase(try context.Context, h holder.Holder, who holder.Subject, at time.Time, part *Part) (holder.Receipt, error) {
	keep := &saver{engine: e, part: *part}
	task := holder.Task{Key: part.Key, Subject: who, At: at, Progress: part.Progress, Save: keep.save}
	receipt, err := ask(try, e, *part, func() (holder.Receipt, error) { return h.Erase(try, task) })
	part.Progress = keep.progress()
	return receipt, err
}
