// Package blob is the data holder that is a store of files: those of a person
// lie under a prefix which names the person, such as people/{account}/. It
// speaks to stores through gocloud.dev/blob; folders of this machine and
// memory are built in.
package blob

import (
	"context"
	"errors"
	"net/url"
	"path/filepath"
	"strings"
	"sync"

	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"
	"gocloud.dev/blob/memblob"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
)

// Kind is what descriptions call this kind of holder.
const Kind = "blob"

// itemName is the one heading of a store of files.
const itemName = "files"

// Config is what an operator writes about a store.
type Config struct {
	Name  string
	Title map[string]string // by language; may be nil
	// Bucket is its URL: file:///srv/documents, file:documents (which counts
	// from BaseDir), or mem://.
	Bucket string
	// Prefix is where a person's files are, with {account}, {mobile}, {email}
	// or {username} for who it is; it ends in "/".
	Prefix string
	// OrganisationPrefix is where an organisation's files are, with {organisation}
	// for its id; empty where the store keeps nothing for organisations.
	OrganisationPrefix string
	BaseDir            string
}

// Holder is one store.
type Holder struct {
	name   string
	title  map[string]string
	prefix template
	ends   template // for organisations that end; nil: it keeps nothing for them
	dir    string   // the folder of this machine behind the bucket; "" for others
	open   func() (*blob.Bucket, error)
	page   int // pageSize, but in tests

	mu     sync.Mutex
	bucket *blob.Bucket
}

var _ holder.Holder = (*Holder)(nil)

// Open prepares a store and asks it nothing yet. A refusal is the fault
// holder_settings_invalid with the setting that is wrong.
func Open(c Config) (*Holder, error) {
	refuse := fault.New(fault.Invalid, "holder_settings_invalid", "holder", c.Name)
	h, err := prepare(c)
	if err != nil {
		return nil, err
	}
	u, err := url.Parse(c.Bucket)
	switch {
	case err == nil && u.Scheme == memblob.Scheme && u.Host+u.Path+u.Opaque+u.RawQuery == "":
		h.open = func() (*blob.Bucket, error) { return memblob.OpenBucket(nil), nil }
	case err == nil && u.Scheme == fileblob.Scheme && u.RawQuery == "" && u.Fragment == "" && u.User == nil:
		if h.dir = folder(u, c.BaseDir); h.dir == "" {
			return nil, refuse.At("bucket", "holder_bucket_invalid")
		}
		// A store that we only erase from needs no side files of ours.
		h.open = func() (*blob.Bucket, error) {
			return fileblob.OpenBucket(h.dir, &fileblob.Options{Metadata: fileblob.MetadataDontWrite})
		}
	default:
		return nil, refuse.At("bucket", "holder_bucket_invalid")
	}
	return h, nil
}

func prepare(c Config) (*Holder, error) {
	t, err := parseTemplate(c.Prefix, holder.Keys()...)
	if err != nil {
		return nil, fault.New(fault.Invalid, "holder_settings_invalid", "holder", c.Name).At("prefix", "holder_prefix_invalid")
	}
	h := &Holder{name: c.Name, title: c.Title, prefix: t, page: pageSize}
	if c.OrganisationPrefix == "" {
		return h, nil
	}
	if h.ends, err = parseTemplate(c.OrganisationPrefix, holder.ByOrganisation); err != nil {
		return nil, fault.New(fault.Invalid, "holder_settings_invalid", "holder", c.Name).At("organisation_prefix", "holder_prefix_organisation_invalid")
	}
	return h, nil
}

// folder gives the path in a file URL: absolute, or counted from base.
func folder(u *url.URL, base string) string {
	path := u.Path
	switch {
	case u.Opaque != "": // file:documents
		var err error
		if path, err = url.PathUnescape(u.Opaque); err != nil {
			return ""
		}
	case u.Host == ".": // gocloud.dev's way to write a relative path
		path = strings.TrimPrefix(path, "/")
	case u.Host != "" && u.Host != "localhost":
		return ""
	}
	if path == "" {
		return ""
	}
	if path = filepath.FromSlash(path); filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(base, path)
}

// Describe says that a person's files are deleted.
func (h *Holder) Describe() holder.Description {
	d := holder.Description{Name: h.name, Kind: Kind, Title: h.title, Items: []holder.Described{{Name: itemName, Action: holder.Delete}}}
	if h.ends != nil {
		d.Organisation = d.Items
	}
	return d
}

// Check opens the store and reads a line of its list. The fault is
// holder_unreachable.
func (h *Holder) Check(ctx context.Context) error {
	b, err := h.opened(ctx)
	if err != nil {
		return err
	}
	ok, err := b.IsAccessible(ctx)
	if err == nil && !ok {
		err = errors.New("no such bucket")
	}
	if err != nil {
		return h.failure(ctx, err)
	}
	_, _, err = b.ListPage(ctx, blob.FirstPageToken, 1, nil)
	return h.failure(ctx, err)
}

// Close lets go of the store.
func (h *Holder) Close() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.bucket == nil {
		return nil
	}
	b := h.bucket
	h.bucket = nil
	return b.Close()
}

// opened opens the store at first use, so that a folder which is not there yet
// keeps nobody from starting.
func (h *Holder) opened(ctx context.Context) (*blob.Bucket, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.bucket != nil {
		return h.bucket, nil
	}
	b, err := h.open()
	if err != nil {
		return nil, h.failure(ctx, err)
	}
	h.bucket = b
	return b, nil
}
