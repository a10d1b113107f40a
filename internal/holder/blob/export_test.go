package blob

import "gocloud.dev/blob"

// SetPage makes pages small, so that a few files fill several.
func (h *Holder) SetPage(n int) { h.page = n }

// OpenIn is like Open for a bucket that the caller has opened, of any driver;
// Close closes it.
func OpenIn(c Config, bucket *blob.Bucket) (*Holder, error) {
	h, err := prepare(c)
	if err != nil {
		return nil, err
	}
	h.open = func() (*blob.Bucket, error) { return bucket, nil }
	return h, nil
}
