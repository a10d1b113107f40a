package httpserver

import (
	"net/http"

	"github.com/signoff-id/signoff/internal/fault"
)

// statusOf gives the HTTP status of a fault (RFC 9110, section 15). The kind
// decides; only codes that are themselves about HTTP have their own.
func statusOf(e *fault.Error) int {
	if status, ok := statusByCode(e.Code); ok && e.Kind != fault.Internal {
		return status
	}
	switch e.Kind {
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	case fault.Unauthenticated:
		return http.StatusUnauthorized
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Conflict:
		return http.StatusConflict
	case fault.TooLarge:
		return http.StatusRequestEntityTooLarge
	case fault.TooMany:
		return http.StatusTooManyRequests
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	default:
		return http.StatusInternalServerError
	}
}

// statusByCode holds the codes that say more than their kind: a request that is
// malformed before its content is looked at, and refusals of HTTP itself.
func statusByCode(code string) (int, bool) {
	switch code {
	case "bad_request", "body_not_json", "body_required", "body_unreadable",
		"invalid_utf8", "nul_character", "idempotency_key_malformed":
		return http.StatusBadRequest, true
	case "method_not_allowed":
		return http.StatusMethodNotAllowed, true
	case "not_acceptable":
		return http.StatusNotAcceptable, true
	case "body_timeout":
		return http.StatusRequestTimeout, true
	case "precondition_failed":
		return http.StatusPreconditionFailed, true
	case "unsupported_media_type":
		return http.StatusUnsupportedMediaType, true
	}
	return 0, false
}

// titleKey gives the key of the short title that all faults of a kind share.
func titleKey(k fault.Kind) string {
	switch k {
	case fault.Invalid:
		return "problem.invalid"
	case fault.Unauthenticated:
		return "problem.unauthenticated"
	case fault.Forbidden:
		return "problem.forbidden"
	case fault.NotFound:
		return "problem.not_found"
	case fault.Conflict:
		return "problem.conflict"
	case fault.TooLarge:
		return "problem.too_large"
	case fault.TooMany:
		return "problem.too_many"
	case fault.Unavailable:
		return "problem.unavailable"
	default:
		return "problem.internal"
	}
}
