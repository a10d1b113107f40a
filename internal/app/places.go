package app

import (
	"fmt"
	"net/netip"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/place"
)

// Places is the operator's file of address ranges, in memory.
type Places struct {
	path   string
	ranges atomic.Pointer[place.Ranges]
	mu     sync.Mutex
	read   stamp // of the file as it was read last, or refused
}

// stamp tells one state of a file from another.
type stamp struct {
	at   time.Time
	size int64
}

// gone is the stamp of a file that is not there.
var gone = stamp{size: -1}

func openPlaces(path string) (*Places, error) {
	p := &Places{path: path}
	_, err := p.Refresh()
	return p, err
}

// find gives the place of an address.
func (p *Places) find(a netip.Addr) place.Place { return p.ranges.Load().Find(a) }

// Refresh reads the file where it has changed since. A file that is wrong
// changes nothing: what was read before stays, and the answer is given once.
func (p *Places) Refresh() (changed bool, err error) {
	if p.path == "" {
		return false, nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	f, err := os.Open(p.path)
	if err != nil {
		if p.read == gone {
			return false, nil
		}
		p.read = gone
		return false, fault.New(fault.Invalid, "config_file_unreadable", "path", p.path).Because(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	now := stamp{info.ModTime(), info.Size()}
	if now == p.read {
		return false, nil
	}
	p.read = now
	ranges, err := place.Parse(f)
	if err != nil {
		return false, fmt.Errorf("%s: %w", p.path, err)
	}
	p.ranges.Store(ranges)
	return true, nil
}
