package main

import (
	"encoding/json"
)

// keysShowCmd names the keys; it shows nothing secret.
type keysShowCmd struct{}

type keysView struct {
	File   string   `json:"file"`
	Active string   `json:"active"`
	Older  []string `json:"older"`
}

func (keysShowCmd) Run(e *env) error {
	ring, path, err := e.ring()
	if err != nil {
		return err
	}
	v, err := viewKeys(ring.JWKS(), path)
	if err != nil {
		return err
	}
	return e.show(v, func(p *page) {
		p.pairs(pair{"file", v.File}, pair{"active_key", v.Active})
		for _, kid := range v.Older {
			p.pairs(pair{"older_key", kid})
		}
	})
}

// viewKeys lists the ids of a key set, in which the active key comes first.
func viewKeys(jwks []byte, path string) (keysView, error) {
	var set struct {
		Keys []struct {
			KID string `json:"kid"`
		} `json:"keys"`
	}
	v := keysView{File: path, Older: []string{}}
	if err := json.Unmarshal(jwks, &set); err != nil {
		return v, err
	}
	for i, k := range set.Keys {
		if i == 0 {
			v.Active = k.KID
			continue
		}
		v.Older = append(v.Older, k.KID)
	}
	return v, nil
}
