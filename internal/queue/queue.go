// Package queue is the durable work queue. It is River, on the same database
// and in the same transactions as everything else, hidden behind "enqueue with
// this commit" and "run these handlers". A job only wakes something; what is to
// be done stands in Signoff's own tables, so a lost or doubled job can neither
// skip a step nor repeat one.
package queue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivermigrate"
)

// Driver is River's way to one engine.
type Driver = riverdriver.Driver[*sql.Tx]

// Queue puts jobs in and, once started with handlers, runs them.
type Queue struct {
	driver Driver
	insert *river.Client[*sql.Tx]
	run    *river.Client[*sql.Tx]
	log    *slog.Logger
}

// cooldown is the shortest time between two looks for jobs, and between two
// notifications that there are some. Jobs here are short: at River's own 100 ms
// the workers would mostly wait, and eight of them do no more than 80 a second.
const cooldown = 10 * time.Millisecond

// New makes a queue that can only take jobs in; Start makes it run them.
func New(driver Driver, log *slog.Logger) (*Queue, error) {
	c, err := river.NewClient(driver, &river.Config{Logger: log, FetchCooldown: cooldown})
	if err != nil {
		return nil, fmt.Errorf("queue: %w", err)
	}
	return &Queue{driver: driver, insert: c, log: log}, nil
}

// Migrate brings the queue's own tables to the version of this binary.
func Migrate(ctx context.Context, driver Driver, log *slog.Logger) error {
	m, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: log})
	if err != nil {
		return fmt.Errorf("queue: %w", err)
	}
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("queue: migrate: %w", err)
	}
	return nil
}

// Enqueue adds a job that exists if tx commits.
func (q *Queue) Enqueue(ctx context.Context, tx *sql.Tx, job river.JobArgs) error {
	if _, err := q.insert.InsertTx(ctx, tx, job, nil); err != nil {
		return fmt.Errorf("queue: enqueue %s: %w", job.Kind(), err)
	}
	return nil
}

// Settings say how the jobs are run.
type Settings struct {
	// Workers is how many jobs run at once in this process.
	Workers int
	// Timeout ends one run of a job; zero means 2 minutes.
	Timeout time.Duration
	// Poll is how often the queue is looked at where nothing notifies.
	Poll time.Duration
}

// Start runs the handlers until Stop.
func (q *Queue) Start(ctx context.Context, h Handlers, s Settings) error {
	timeout := s.Timeout
	if timeout == 0 {
		timeout = 2 * time.Minute
	}
	c, err := river.NewClient(q.driver, &river.Config{
		Logger:               q.log,
		Workers:              h.workers(),
		Queues:               map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: max(s.Workers, 1)}},
		JobTimeout:           timeout,
		RescueStuckJobsAfter: timeout + 5*time.Minute,
		FetchCooldown:        max(min(s.Poll/4, cooldown), time.Millisecond),
		FetchPollInterval:    max(s.Poll, time.Millisecond),
		// During a rolling upgrade a node must leave alone what it does not know.
		FetchOnlyKnownKinds: true,
	})
	if err != nil {
		return fmt.Errorf("queue: %w", err)
	}
	if err := c.Start(ctx); err != nil {
		return fmt.Errorf("queue: start: %w", err)
	}
	q.run = c
	return nil
}

// Stop waits for the running jobs until ctx ends, then cancels them.
func (q *Queue) Stop(ctx context.Context) error {
	if q.run == nil {
		return nil
	}
	err := q.run.Stop(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		hard, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		err = q.run.StopAndCancel(hard)
	}
	q.run = nil
	return err
}
