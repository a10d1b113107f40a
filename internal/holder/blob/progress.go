package blob

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"gocloud.dev/blob"

	"github.com/signoff-id/signoff/internal/holder"
)

// progress is what the tries of one task save. Pending are marks of the files
// that were counted and may still be there: never their names, which can say
// who somebody is.
type progress struct {
	Count   int64    `json:"count"`
	Bytes   int64    `json:"bytes"`
	Pending []string `json:"pending,omitempty"`

	task    holder.Task
	pending map[string]bool
}

func load(t holder.Task) (*progress, error) {
	p := &progress{task: t, pending: map[string]bool{}}
	if len(t.Progress) > 0 {
		if err := json.Unmarshal(t.Progress, p); err != nil {
			return nil, err
		}
	}
	for _, m := range p.Pending {
		p.pending[m] = true
	}
	return p, nil
}

// count adds files that no try has counted yet, and saves.
func (p *progress) count(ctx context.Context, files []*blob.ListObject) error {
	for _, f := range files {
		if m := p.mark(f); !p.pending[m] {
			p.pending[m] = true
			p.Count, p.Bytes = p.Count+1, p.Bytes+f.Size
		}
	}
	return p.save(ctx)
}

func (p *progress) deleted(files []*blob.ListObject) {
	for _, f := range files {
		delete(p.pending, p.mark(f))
	}
}

// finish forgets the marks: everything is deleted.
func (p *progress) finish(ctx context.Context) error {
	clear(p.pending)
	return p.save(ctx)
}

func (p *progress) save(ctx context.Context) error {
	if p.task.Save == nil {
		return nil
	}
	p.Pending = p.Pending[:0]
	for m := range p.pending {
		p.Pending = append(p.Pending, m)
	}
	text, err := json.Marshal(p)
	if err != nil {
		return err
	}
	if err := p.task.Save(ctx, text); err != nil {
		return &unsaved{err}
	}
	return nil
}

// unsaved is an error of the task's own Save: not the store's, so it keeps what
// it says.
type unsaved struct{ error }

func (u *unsaved) Unwrap() error { return u.error }

// mark stands for one version of one file: a file that was written anew under
// the same name is another one.
func (p *progress) mark(f *blob.ListObject) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %d %d", p.task.Key, f.Key, f.Size, f.ModTime.UnixNano()))
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}
