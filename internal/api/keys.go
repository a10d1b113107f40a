package api

import (
	"context"
	"net/http"
)

// keySetType is the media type of a JSON Web Key Set (RFC 7517, 8.5.2).
const keySetType = "application/jwk-set+json"

// keys gives the public keys with which anybody verifies certificates and
// checkpoints, the active one first. Keys are never taken out.
func (f *face) keys() {
	register(f, operation{
		ID: "get-keys", Method: http.MethodGet, Path: "/v1/keys", Tag: tagProof, Access: everybody(), Gives: keySetType,
	}, func(context.Context, *none) (*file, error) {
		return &file{ContentType: keySetType, Body: f.Keys.JWKS()}, nil
	})
}
