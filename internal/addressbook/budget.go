package addressbook

import "io"

// budget lets each row take so many bytes and no more, so that a line or a value
// without an end is noticed before it fills the memory.
type budget struct {
	r     io.Reader
	left  int
	spent bool
}

func (b *budget) Read(p []byte) (int, error) {
	if b.left <= 0 {
		b.spent = true
		return 0, io.ErrUnexpectedEOF
	}
	n, err := b.r.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

// renew begins the next row.
func (b *budget) renew() { b.left = maxRow }
