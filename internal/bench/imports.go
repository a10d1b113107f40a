package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/metrics"
	"time"

	"github.com/signoff-id/signoff/internal/addressbook"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/directory"
)

// imports measures bringing an address book into an organisation, from the file
// to the commit, against plain prepared INSERTs of rows of the same sizes in one
// transaction.
func imports(ctx context.Context, b *bench) error {
	return b.in(ctx, "imports", nil, func(p *place) error {
		o, err := p.organisation(ctx)
		if err != nil {
			return err
		}
		m := &importing{place: p, organisation: o, dir: b.dir}
		subject := side{name: fmt.Sprintf("import of %d people, CSV, two names each, into an organisation", b.imported), n: b.imported, run: m.importBook}
		floor := side{name: "plain prepared INSERTs of the same six rows for each", n: b.imported, run: m.insertPlainly}
		rounds := b.rounds
		b.rounds = min(rounds, 2)
		err = b.compare(ctx, "imports", "", subject, floor)
		b.rounds = rounds
		if err == nil {
			last := &b.results[len(b.results)-1]
			last.Note = fmt.Sprintf("all of a round took %s; the heap held at most %d MiB", span(last.Seconds.Median*float64(b.imported)), m.heap>>20)
		}
		return err
	})
}

type importing struct {
	*place
	organisation string
	dir          string
	next         int
	heap         uint64 // the most that was in use
}

// importBook imports n people who are not there yet.
func (m *importing) importBook(ctx context.Context, n int) (time.Duration, error) {
	path := filepath.Join(m.dir, "people.csv")
	if err := m.book(path, n); err != nil {
		return 0, err
	}
	done := m.watchHeap()
	begin := time.Now()
	book, err := addressbook.Open(path, addressbook.Options{})
	if err != nil {
		return 0, err
	}
	r, err := m.app.Directory.Import(ctx, app.Actor(), book, directory.Options{Organisation: m.organisation})
	took := time.Since(begin)
	done()
	if err == nil && (r.Created != n || r.Joined != n || r.Refused != 0) {
		err = fmt.Errorf("of %d people %d were made, %d joined and %d were refused", n, r.Created, r.Joined, r.Refused)
	}
	return took, err
}

func (m *importing) book(path string, n int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "员工UserID,姓名,手机号,邮箱,部门")
	for range n {
		m.next++
		fmt.Fprintf(w, "user%d,张三%d,138%08d,person%d@example.com,事业部%d-小组%d\n", m.next, m.next, m.next, m.next, m.next%20, m.next%400)
	}
	return errors.Join(w.Flush(), f.Close())
}

// watchHeap notes the most memory that is in use until it is told to stop.
func (m *importing) watchHeap() (stop func()) {
	end, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		for {
			metrics.Read(s)
			m.heap = max(m.heap, s[0].Value.Uint64())
			select {
			case <-end:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return func() {
		close(end)
		<-ended
	}
}

// plainInserts are the rows of one person as an import writes them.
var plainInserts = []string{
	`INSERT INTO accounts (id, state, name, locale, created_at) VALUES ($1, 'active', $2, 'zh-CN', 1)`,
	`INSERT INTO identifiers (kind, blind, account_id, value, created_at) VALUES ('mobile', $1, $2, $3, 1)`,
	`INSERT INTO identifiers (kind, blind, account_id, value, created_at) VALUES ('email', $1, $2, $3, 1)`,
	`INSERT INTO directory_keys (organisation_id, source, blind, account_id, value, created_at) VALUES ('bench', 'dingtalk', $1, $2, $3, 1)`,
	`INSERT INTO members (organisation_id, account_id, role, joined_at) VALUES ($1, $2, 'member', 1)`,
	`INSERT INTO audit_entries (id, at, actor_kind, actor_id, action, organisation, account, object, data)
		VALUES ($1, 1, 'operator', 'cli', 'account.created', $2, $3, $4, '{}')`,
}

// insertPlainly inserts n people, one prepared statement a row.
func (m *importing) insertPlainly(ctx context.Context, n int) (time.Duration, error) {
	begin := time.Now()
	tx, err := m.write.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer tx.Rollback()
	var all []*sql.Stmt
	for _, text := range plainInserts {
		s, err := tx.PrepareContext(ctx, text) //nolint:sqlclosecheck // it ends with the transaction
		if err != nil {
			return 0, err
		}
		all = append(all, s)
	}
	random := make([]byte, 160)
	for range n {
		if _, err := rand.Read(random); err != nil {
			return 0, err
		}
		id := newID()
		blind, sealed := random[:96], random[96:]
		for i, args := range [][]any{{id, sealed[:40]}, {blind[:32], id, sealed[:50]}, {blind[32:64], id, sealed}, {blind[64:], id, sealed[:44]},
			{m.organisation, id}, {newID(), m.organisation, id, id}} {
			if _, err := all[i].ExecContext(ctx, args...); err != nil {
				return 0, err
			}
		}
	}
	if err := tx.Commit(); err != nil {
		return 0, err
	}
	return time.Since(begin), nil
}
