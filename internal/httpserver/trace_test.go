package httpserver_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
)

func TestSpansJoinTheCallersTraceAndNameNobody(t *testing.T) {
	s, _ := site(t)
	spans := tracetest.NewSpanRecorder()
	s.Tracer = sdk.NewTracerProvider(sdk.WithSpanProcessor(spans)).Tracer("test")
	s.Mux().HandleFunc("GET /v1/closures/{token}", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	ask(t, s.Handler(), "GET", "/v1/closures/soc_secret?mobile=1", "", "User-Agent: Wang",
		"traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	ended := spans.Ended()
	if len(ended) != 1 {
		t.Fatalf("%d spans", len(ended))
	}
	span := ended[0]
	if span.Name() != "GET /v1/closures/{token}" || span.Parent().TraceID().String() != "0af7651916cd43dd8448eb211c80319c" || span.Status().Code.String() != "Error" {
		t.Errorf("got %s under %s, %v", span.Name(), span.Parent().TraceID(), span.Status())
	}
	all := fmt.Sprint(span.Attributes())
	for _, private := range []string{"soc_", "mobile", "Wang", "192.0.2.1"} {
		if strings.Contains(all, private) {
			t.Errorf("%s is in %s", private, all)
		}
	}
}
