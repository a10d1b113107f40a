package telemetry

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
)

// Tracing makes the program's tracer. Without an endpoint it traces nothing and
// costs nothing; with one, spans go there by OTLP over HTTP, to /v1/traces unless
// the URL names another path. The shutdown function sends what is left.
func Tracing(ctx context.Context, endpoint, version string) (trace.Tracer, func(context.Context) error, error) {
	const scope = "github.com/signoff-id/signoff"
	if endpoint == "" {
		return noop.NewTracerProvider().Tracer(scope), func(context.Context) error { return nil }, nil
	}
	u, err := url.Parse(endpoint)
	if err != nil || u.Host == "" {
		return nil, nil, fmt.Errorf("telemetry: %q is no URL of a collector", endpoint)
	}
	if u.Path == "" || u.Path == "/" {
		u.Path = "/v1/traces"
	}
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(u.String()), otlptracehttp.WithTimeout(10*time.Second))
	if err != nil {
		return nil, nil, fmt.Errorf("telemetry: traces: %w", err)
	}
	provider := sdk.NewTracerProvider(
		sdk.WithBatcher(exporter),
		sdk.WithSampler(sdk.ParentBased(sdk.AlwaysSample())),
		// Named here in full: the SDK's detectors would add the host's name
		// and the user that runs the process.
		sdk.WithResource(resource.NewSchemaless(attribute.String("service.name", "signoff"), attribute.String("service.version", version))))
	return provider.Tracer(scope), provider.Shutdown, nil
}
