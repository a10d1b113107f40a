package httpserver

import (
	"context"
	"log/slog"
	"net/http"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// unmatched stands for the route of a request that matched none, so that paths,
// which may hold tokens and names, reach neither logs nor metrics.
const unmatched = "unmatched"

// observe gives every request its id and language, and afterwards logs, counts
// and traces it: by route, status and duration, and by nothing that says who
// asked or for whom.
func (s *Site) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := s.Now()
		info := &request{site: s, id: s.NewID(), lang: s.Texts.Match(r.Header.Get("Accept-Language")), route: unmatched, address: s.addressOf(r), header: r.Header}
		ctx, end := s.span(r, info)
		out := &response{ResponseWriter: w}
		out.Header().Set("X-Request-Id", info.id)

		defer func() {
			took := s.Now().Sub(start)
			status := out.status
			if status == 0 {
				status = http.StatusOK
			}
			if s.Metrics != nil {
				s.Metrics.ObserveRequest(method(r), info.route, status, took)
			}
			s.Log.LogAttrs(ctx, slog.LevelInfo, "http request",
				slog.String("method", method(r)),
				slog.String("route", info.route),
				slog.Int("status", status),
				slog.Float64("duration_ms", float64(took.Microseconds())/1000),
				slog.String("request_id", info.id))
			end(status)
		}()
		next.ServeHTTP(out, r.WithContext(context.WithValue(ctx, requestKey{}, info)))
	})
}

// span starts the request's trace span, when there is a tracer. The attributes
// are those of OpenTelemetry's HTTP conventions that hold no personal data:
// path, query, address and user agent are left out on purpose.
func (s *Site) span(r *http.Request, info *request) (context.Context, func(status int)) {
	if s.Tracer == nil {
		return r.Context(), func(int) {}
	}
	ctx := propagation.TraceContext{}.Extract(r.Context(), propagation.HeaderCarrier(r.Header))
	ctx, span := s.Tracer.Start(ctx, method(r), trace.WithSpanKind(trace.SpanKindServer),
		trace.WithAttributes(attribute.String("http.request.method", method(r)),
			attribute.String("signoff.request_id", info.id)))
	return ctx, func(status int) {
		span.SetName(info.route)
		span.SetAttributes(attribute.String("http.route", info.route),
			attribute.Int("http.response.status_code", status))
		if status >= http.StatusInternalServerError {
			span.SetStatus(codes.Error, "")
		}
		span.End()
	}
}

// method gives the request's method if it is a known one: the caller chooses
// it freely, and a metric must not grow with what callers invent.
func method(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch,
		http.MethodDelete, http.MethodOptions, http.MethodConnect, http.MethodTrace:
		return r.Method
	}
	return "OTHER"
}

// response remembers what was answered.
type response struct {
	http.ResponseWriter
	status int
}

func (w *response) WriteHeader(status int) {
	if w.status == 0 && status >= 200 { // 1xx are not the answer yet
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *response) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *response) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// answered says whether the answer has begun, so that it cannot be changed.
func answered(w http.ResponseWriter) bool {
	for {
		switch t := w.(type) {
		case *response:
			return t.status != 0
		case interface{ Unwrap() http.ResponseWriter }:
			w = t.Unwrap()
		default:
			return false
		}
	}
}
