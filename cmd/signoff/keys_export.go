package main

import (
	"bytes"

	"github.com/signoff-id/signoff/internal/keys"
)

// keysExportCmd prints the public keys, with which anybody verifies certificates
// and checkpoints.
type keysExportCmd struct{}

func (keysExportCmd) Run(e *env) error {
	ring, _, err := e.ring()
	if err != nil {
		return err
	}
	_, err = e.out.Write(append(bytes.TrimRight(ring.JWKS(), "\n"), '\n'))
	return err
}

// ring loads the keys and says where they are.
func (e *env) ring() (*keys.Ring, string, error) {
	c, err := e.config()
	if err != nil {
		return nil, "", err
	}
	ring, err := keys.Load(c.KeysPath())
	return ring, c.KeysPath(), err
}
