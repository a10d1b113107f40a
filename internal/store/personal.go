package store

import (
	"encoding/json"
	"fmt"
)

// Every personal column passes through these two functions, and every look-up
// by one through Vault.BlindIndex: the one seam between rows and people.

// seal gives what is stored of a personal text; nothing is stored of nothing.
func (t *Tx) seal(account, column, plain string) (any, error) {
	if plain == "" {
		return nil, nil
	}
	b, err := t.db.Vault.Seal(account, column, plain)
	if err != nil {
		return nil, fmt.Errorf("store: seal %s: %w", column, err)
	}
	return b, nil
}

// open gives the text back.
func (t *Tx) open(account, column string, sealed []byte) (string, error) {
	if len(sealed) == 0 {
		return "", nil
	}
	s, err := t.db.Vault.Open(account, column, sealed)
	if err != nil {
		return "", fmt.Errorf("store: open %s: %w", column, err)
	}
	return s, nil
}

// sealMap seals a small map as one JSON text.
func (t *Tx) sealMap(account, column string, m map[string]string) (any, error) {
	if len(m) == 0 {
		return nil, nil
	}
	b, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	return t.seal(account, column, string(b))
}

func (t *Tx) openMap(account, column string, sealed []byte) (map[string]string, error) {
	s, err := t.open(account, column, sealed)
	if err != nil || s == "" {
		return nil, err
	}
	var m map[string]string
	err = json.Unmarshal([]byte(s), &m)
	return m, err
}
