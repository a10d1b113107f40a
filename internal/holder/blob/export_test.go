package blob

// SetPage makes pages small, so that a few files fill several.
func (h *Holder) SetPage(n int) { h.page = n }
