package queue

import (
	"context"
	"time"

	"github.com/riverqueue/river"
)

// ClosureStep wakes a closure: whatever is due is done.
type ClosureStep struct {
	Closure string `json:"closure"`
}

// Kind names the job in the queue's table.
func (ClosureStep) Kind() string { return "closure_step" }

// ErasePart wakes one data holder's part of an erasure.
type ErasePart struct {
	Closure string `json:"closure"`
	Holder  string `json:"holder"`
}

// Kind names the job in the queue's table.
func (ErasePart) Kind() string { return "erase_part" }

// DissolutionStep wakes a dissolution: whatever is due is done.
type DissolutionStep struct {
	Dissolution string `json:"dissolution"`
}

// Kind names the job in the queue's table.
func (DissolutionStep) Kind() string { return "dissolution_step" }

// DissolutionPart wakes one data holder's part of an organisation's erasure.
type DissolutionPart struct {
	Dissolution string `json:"dissolution"`
	Holder      string `json:"holder"`
}

// Kind names the job in the queue's table.
func (DissolutionPart) Kind() string { return "dissolution_part" }

// SendNotice wakes the delivery of one notice.
type SendNotice struct {
	Notice string `json:"notice"`
}

// Kind names the job in the queue's table.
func (SendNotice) Kind() string { return "send_notice" }

// Handlers do the work. A handler that answers a time above zero wants to be
// woken again after it: the job is put to sleep, not counted as failed. An
// error is retried by the queue's own back-off.
type Handlers struct {
	ClosureStep     func(ctx context.Context, closure string) (again time.Duration, err error)
	ErasePart       func(ctx context.Context, closure, holder string) (again time.Duration, err error)
	DissolutionStep func(ctx context.Context, dissolution string) (again time.Duration, err error)
	DissolutionPart func(ctx context.Context, dissolution, holder string) (again time.Duration, err error)
	SendNotice      func(ctx context.Context, notice string) (again time.Duration, err error)
}

func (h Handlers) workers() *river.Workers {
	w := river.NewWorkers()
	river.AddWorker(w, &worker[ClosureStep]{do: func(ctx context.Context, j ClosureStep) (time.Duration, error) {
		return h.ClosureStep(ctx, j.Closure)
	}})
	river.AddWorker(w, &worker[ErasePart]{do: func(ctx context.Context, j ErasePart) (time.Duration, error) {
		return h.ErasePart(ctx, j.Closure, j.Holder)
	}})
	river.AddWorker(w, &worker[DissolutionStep]{do: func(ctx context.Context, j DissolutionStep) (time.Duration, error) {
		return h.DissolutionStep(ctx, j.Dissolution)
	}})
	river.AddWorker(w, &worker[DissolutionPart]{do: func(ctx context.Context, j DissolutionPart) (time.Duration, error) {
		return h.DissolutionPart(ctx, j.Dissolution, j.Holder)
	}})
	river.AddWorker(w, &worker[SendNotice]{do: func(ctx context.Context, j SendNotice) (time.Duration, error) {
		return h.SendNotice(ctx, j.Notice)
	}})
	return w
}

type worker[T river.JobArgs] struct {
	river.WorkerDefaults[T]
	do func(context.Context, T) (time.Duration, error)
}

// Work runs one job.
func (w *worker[T]) Work(ctx context.Context, job *river.Job[T]) error {
	again, err := w.do(ctx, job.Args)
	if err != nil {
		return err
	}
	if again > 0 {
		return river.JobSnooze(again)
	}
	return nil
}
