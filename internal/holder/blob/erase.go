package blob

import (
	"context"
	"errors"
	"io"

	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
)

// pageSize is how many files are listed, counted and deleted at a time: all
// that is ever in memory of them.
const pageSize = 1000

// Erase deletes the person's files page by page. A page is counted in the saved
// progress before its first file goes, together with which files it counted; so
// wherever a try is cut off, the next one counts what is new and nothing twice.
func (h *Holder) Erase(ctx context.Context, t holder.Task) (holder.Receipt, error) {
	if err := t.Usable(); err != nil {
		return holder.Receipt{}, err
	}
	if t.Subject.Organisation != "" && h.ends == nil {
		return holder.Receipt{Items: []holder.Item{}, None: true}, nil
	}
	prefixes, err := h.about(t.Subject).prefixes(h.name, t.Subject)
	if err != nil {
		return holder.Receipt{}, err
	}
	bucket, err := h.opened(ctx)
	if err != nil {
		return holder.Receipt{}, err
	}
	done, err := load(t)
	if err != nil {
		return holder.Receipt{}, fault.New(fault.Internal, "holder_progress_damaged", "holder", h.name)
	}
	for _, prefix := range prefixes {
		if err := h.empty(ctx, bucket, prefix, done); err != nil {
			return holder.Receipt{}, h.failure(ctx, err)
		}
		if err := h.sweep(h.about(t.Subject), prefix); err != nil {
			return holder.Receipt{}, h.failure(ctx, err)
		}
	}
	if err := done.finish(ctx); err != nil {
		return holder.Receipt{}, h.failure(ctx, err)
	}
	item := h.Describe().Items[0].Item()
	item.Count, item.Bytes = done.Count, done.Bytes
	return holder.Receipt{Items: []holder.Item{item}}, nil
}

// empty deletes what is under a prefix. It lists from the start each time: what
// was listed before is gone.
func (h *Holder) empty(ctx context.Context, bucket *blob.Bucket, prefix string, done *progress) error {
	last := ""
	for {
		files, _, err := bucket.ListPage(ctx, blob.FirstPageToken, h.page, &blob.ListOptions{Prefix: prefix})
		if err != nil || len(files) == 0 {
			return err
		}
		if files[0].Key == last {
			return errStuck
		}
		last = files[0].Key
		if err := done.count(ctx, files); err != nil {
			return err
		}
		for _, f := range files {
			// Deleting is short, and the driver may not look at the context.
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := bucket.Delete(ctx, f.Key); err != nil && gcerrors.Code(err) != gcerrors.NotFound {
				return err
			}
		}
		done.deleted(files)
	}
}

// errStuck: a store that confirms deletions and lists the file again.
var errStuck = errors.New("blob: a deleted file is still listed")

// Count counts the person's files.
func (h *Holder) Count(ctx context.Context, who holder.Subject) ([]holder.Item, error) {
	prefixes, err := h.prefixes(who)
	if err != nil {
		return nil, err
	}
	bucket, err := h.opened(ctx)
	if err != nil {
		return nil, err
	}
	item := h.Describe().Items[0].Item()
	for _, prefix := range prefixes {
		list := bucket.List(&blob.ListOptions{Prefix: prefix})
		for {
			f, err := list.Next(ctx)
			if errors.Is(err, io.EOF) {
				break
			}
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				return nil, h.failure(ctx, err)
			}
			item.Count, item.Bytes = item.Count+1, item.Bytes+f.Size
		}
	}
	return []holder.Item{item}, nil
}

func (h *Holder) prefixes(who holder.Subject) ([]string, error) {
	if err := who.Usable(); err != nil {
		return nil, err
	}
	return h.about(who).prefixes(h.name, who)
}

// Verify lists the person's files, and on this machine also looks at the folder
// itself, for what the list does not show: side files without their file, empty
// folders that bear the person's name, folders that cannot be read.
func (h *Holder) Verify(ctx context.Context, who holder.Subject) (holder.Leftovers, error) {
	items, err := h.Count(ctx, who)
	if err != nil {
		return holder.Leftovers{}, err
	}
	prefixes, err := h.prefixes(who)
	if err != nil {
		return holder.Leftovers{}, err
	}
	var left holder.Leftovers
	for _, item := range items {
		if item.Count > 0 {
			left.Items = append(left.Items, item)
		}
	}
	for _, prefix := range prefixes {
		n, err := h.remains(prefix)
		if err != nil {
			return holder.Leftovers{}, h.failure(ctx, err)
		}
		if n > 0 && len(left.Items) == 0 {
			left.Items = append(left.Items, holder.Item{Name: itemName, Action: holder.Delete, Count: n})
		}
	}
	return left, nil
}
