package store

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
)

var _ holder.ChecksTx = (*Tx)(nil)

// keptFault is a fault as it is kept: without its cause.
type keptFault struct {
	Kind   fault.Kind     `json:"kind"`
	Code   string         `json:"code"`
	Args   map[string]any `json:"args,omitempty"`
	Fields []fault.Field  `json:"fields,omitempty"`
}

// SaveHolderCheck implements holder.ChecksTx.
func (t *Tx) SaveHolderCheck(ctx context.Context, c holder.LastCheck) error {
	problem := []byte{}
	if c.Problem != nil {
		var err error
		if problem, err = json.Marshal(keptFault{c.Problem.Kind, c.Problem.Code, c.Problem.Args, c.Problem.Fields}); err != nil {
			return fmt.Errorf("store: problem of a data holder: %w", err)
		}
	}
	_, err := t.exec(ctx, `INSERT INTO holder_checks (holder, checked_at, problem) VALUES ($1, $2, $3)
		ON CONFLICT (holder) DO UPDATE SET checked_at = excluded.checked_at, problem = excluded.problem
		WHERE holder_checks.checked_at <= excluded.checked_at`, c.Holder, micro(c.At), string(problem))
	return err
}

// HolderChecks implements holder.ChecksTx.
func (t *Tx) HolderChecks(ctx context.Context) (map[string]holder.LastCheck, error) {
	all, err := list(ctx, t.tx, func(scan func(...any) error) (c holder.LastCheck, err error) {
		var at int64
		var problem string
		if err := scan(&c.Holder, &at, &problem); err != nil {
			return c, err
		}
		c.At = instant(at)
		c.Problem, err = openFault(problem)
		return c, err
	}, `SELECT holder, checked_at, problem FROM holder_checks`)
	byName := map[string]holder.LastCheck{}
	for _, c := range all {
		byName[c.Holder] = c
	}
	return byName, err
}

func openFault(text string) (*fault.Error, error) {
	if text == "" {
		return nil, nil //nolint:nilnil // nothing was wrong, and that is an answer
	}
	var k keptFault
	dec := json.NewDecoder(bytes.NewReader([]byte(text)))
	dec.UseNumber()
	if err := dec.Decode(&k); err != nil {
		return nil, fmt.Errorf("store: problem of a data holder: %w", err)
	}
	whole(k.Args)
	for _, f := range k.Fields {
		whole(f.Args)
	}
	return &fault.Error{Kind: k.Kind, Code: k.Code, Args: k.Args, Fields: k.Fields}, nil
}

// whole makes numbers what they were: texts count by them.
func whole(args map[string]any) {
	for name, arg := range args {
		if n, ok := arg.(json.Number); ok {
			if i, err := n.Int64(); err == nil {
				args[name] = int(i)
			}
		}
	}
}

// HolderBacklogs implements holder.ChecksTx.
func (t *Tx) HolderBacklogs(ctx context.Context) (map[string]holder.Backlog, error) {
	const open = `SELECT holder, last_error FROM `
	byName := map[string]holder.Backlog{}
	_, err := list(ctx, t.tx, func(scan func(...any) error) (struct{}, error) {
		var name string
		var b holder.Backlog
		err := scan(&name, &b.Open, &b.Failing)
		byName[name] = b
		return struct{}{}, err
	}, `SELECT holder, count(*), COALESCE(sum(CASE WHEN last_error <> '' THEN 1 ELSE 0 END), 0) FROM (
		`+open+`erasure_parts WHERE verified_at IS NULL UNION ALL `+open+`dissolution_parts WHERE verified_at IS NULL) AS waiting GROUP BY holder`)
	return byName, err
}
