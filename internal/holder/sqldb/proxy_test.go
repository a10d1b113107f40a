package sqldb_test

import (
	"bytes"
	"net"
	"net/url"
	"sync"
	"testing"
)

// proxy stands between a holder and its PostgreSQL: it can lose the answer to a
// commit, and keep quiet.
type proxy struct {
	dsn    string
	target string

	mu    sync.Mutex
	free  *sync.Cond
	cut   bool // lose the answer to the next commit
	still bool
	ended bool
	conns []net.Conn
}

func newProxy(t *testing.T, dsn string) *proxy {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{target: u.Host}
	p.free = sync.NewCond(&p.mu)
	u.Host = listener.Addr().String()
	p.dsn = u.String()
	var all sync.WaitGroup
	all.Go(func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", p.target)
			if err != nil {
				client.Close()
				continue
			}
			p.mu.Lock()
			p.conns = append(p.conns, client, server)
			p.mu.Unlock()
			lose := make(chan struct{})
			all.Go(func() { p.forward(client, server, lose) })
			all.Go(func() { p.back(server, client, lose) })
		}
	})
	t.Cleanup(func() {
		listener.Close()
		p.mu.Lock()
		p.ended = true
		for _, c := range p.conns {
			c.Close()
		}
		p.free.Broadcast()
		p.mu.Unlock()
		all.Wait()
	})
	return p
}

func (p *proxy) cutAfterCommit() { p.set(func() { p.cut = true }) }
func (p *proxy) stall()          { p.set(func() { p.still = true }) }
func (p *proxy) resume()         { p.set(func() { p.still = false }) }

func (p *proxy) set(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
	p.free.Broadcast()
}

// pass waits while the proxy keeps quiet.
func (p *proxy) pass() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.still && !p.ended {
		p.free.Wait()
	}
}

func (p *proxy) forward(client, server net.Conn, lose chan struct{}) {
	defer server.Close()
	buffer := make([]byte, 64<<10)
	for {
		n, err := client.Read(buffer)
		if err != nil {
			return
		}
		p.pass()
		p.mu.Lock()
		if p.cut && bytes.Contains(bytes.ToLower(buffer[:n]), []byte("commit\x00")) {
			p.cut = false
			close(lose)
		}
		p.mu.Unlock()
		if _, err := server.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// back gives answers to the client. The answer to the chosen commit it reads,
// so that the commit has happened, and closes instead.
func (p *proxy) back(server, client net.Conn, lose chan struct{}) {
	defer client.Close()
	buffer := make([]byte, 64<<10)
	for {
		n, err := server.Read(buffer)
		if err != nil || n == 0 {
			return
		}
		p.pass()
		select {
		case <-lose:
			return
		default:
		}
		if _, err := client.Write(buffer[:n]); err != nil {
			return
		}
	}
}
