package telemetry

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Figures are read when Prometheus asks, not kept: they are counts of what is in
// the database, the same from every node. A function left nil is left out.
type Figures struct {
	// ClosuresByState counts closures; states without any may be left out.
	ClosuresByState func(context.Context) (map[string]int, error)
	// ErasureParts counts the holders' parts that are not done yet, and those
	// of them that are past their legal deadline.
	ErasureParts func(context.Context) (pending, overdue int, err error)
	// AuditPending counts audit entries that no signed checkpoint covers yet.
	AuditPending func(context.Context) (int, error)
	// NoticesPending counts notices that wait to be delivered.
	NoticesPending func(context.Context) (int, error)
}

// figureTimeout bounds all reading for one scrape.
const figureTimeout = 5 * time.Second

// Watch adds the figures to the registry. Call it once.
func (m *Metrics) Watch(f Figures) {
	gauge := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc(name, help, labels, nil)
	}
	m.registry.MustRegister(&figures{
		Figures:  f,
		failed:   func(figure string) { m.failures.WithLabelValues(figure).Inc() },
		closures: gauge("signoff_closures", "Closures, by state.", "state"),
		pending:  gauge("signoff_erasure_parts_pending", "Data holders' parts of erasures that are not done."),
		overdue:  gauge("signoff_erasure_parts_overdue", "Parts of erasures that are past their legal deadline."),
		audit:    gauge("signoff_audit_entries_pending", "Audit entries that no signed checkpoint covers yet."),
		notices:  gauge("signoff_notices_pending", "Notices that wait to be delivered."),
	})
}

type figures struct {
	Figures
	failed                                     func(figure string)
	closures, pending, overdue, audit, notices *prometheus.Desc
}

// Describe names the figures, as prometheus.Collector wants it.
func (f *figures) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{f.closures, f.pending, f.overdue, f.audit, f.notices} {
		ch <- d
	}
}

// Collect reads the figures. One that cannot be read is left out, so that a gap
// shows in the graph instead of a false zero, and is counted as failed.
func (f *figures) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), figureTimeout)
	defer cancel()
	send := func(d *prometheus.Desc, n int, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, float64(n), labels...)
	}
	if f.ClosuresByState != nil {
		states, err := f.ClosuresByState(ctx)
		for state, n := range states {
			send(f.closures, n, state)
		}
		f.note("closures", err)
	}
	if f.ErasureParts != nil {
		pending, overdue, err := f.ErasureParts(ctx)
		if err == nil {
			send(f.pending, pending)
			send(f.overdue, overdue)
		}
		f.note("erasure_parts", err)
	}
	one := func(figure string, d *prometheus.Desc, read func(context.Context) (int, error)) {
		if read == nil {
			return
		}
		n, err := read(ctx)
		if err == nil {
			send(d, n)
		}
		f.note(figure, err)
	}
	one("audit", f.audit, f.AuditPending)
	one("notices", f.notices, f.NoticesPending)
}

func (f *figures) note(figure string, err error) {
	if err != nil {
		f.failed(figure)
	}
}
