package telemetry

import (
	"net/http"
	"runtime"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics counts what happens, for Prometheus. Labels hold routes, kinds and
// outcomes only, each from a short list: never who, and never what for.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	checks   *prometheus.CounterVec
	signOuts *prometheus.CounterVec
	jobs     *prometheus.HistogramVec
	failures *prometheus.CounterVec
}

// NewMetrics makes a registry of its own with the process's, Go's and Signoff's
// metrics. Version is that of the program.
func NewMetrics(version string) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "signoff_http_request_duration_seconds", Help: "Time from a request to the end of its answer, by route and status.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
		}, []string{"method", "route", "status"}),
		checks: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "signoff_session_checks_total", Help: "Session checks, by outcome.",
		}, []string{"outcome"}),
		signOuts: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "signoff_sign_outs_total", Help: "Sign-outs, by what was ended (session, account, department, organisation).",
		}, []string{"scope"}),
		jobs: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "signoff_job_duration_seconds", Help: "Time that background jobs took, by kind and outcome.",
			Buckets: []float64{.005, .01, .05, .1, .5, 1, 5, 10, 30, 60, 300},
		}, []string{"kind", "outcome"}),
		failures: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "signoff_metrics_failures_total", Help: "Figures that could not be read when they were asked for.",
		}, []string{"figure"}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{Name: "signoff_build_info", Help: "Always 1; the labels say what runs.",
		ConstLabels: prometheus.Labels{"version": version, "go": runtime.Version()}})
	build.Set(1)
	m.registry.MustRegister(m.requests, m.checks, m.signOuts, m.jobs, m.failures, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Handler serves the metrics; it belongs on a listener that is not public.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError, Timeout: 10 * time.Second})
}

// ObserveRequest counts a finished HTTP request.
func (m *Metrics) ObserveRequest(method, route string, status int, took time.Duration) {
	m.requests.WithLabelValues(method, route, strconv.Itoa(status)).Observe(took.Seconds())
}

// SessionChecked counts a check of a session; valid says how it ended.
func (m *Metrics) SessionChecked(valid bool) {
	outcome := "valid"
	if !valid {
		outcome = "not_valid"
	}
	m.checks.WithLabelValues(outcome).Inc()
}

// SignedOut counts a sign-out of the given scope. One that ends a whole
// organisation counts once: it is one mark, however many sessions it ends.
func (m *Metrics) SignedOut(scope string) { m.signOuts.WithLabelValues(scope).Inc() }

// JobDone counts a background job that ran for took; one that failed and will be
// tried again has failed.
func (m *Metrics) JobDone(kind string, failed bool, took time.Duration) {
	outcome := "done"
	if failed {
		outcome = "failed"
	}
	m.jobs.WithLabelValues(kind, outcome).Observe(took.Seconds())
}
