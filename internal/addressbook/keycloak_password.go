package addressbook

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// credential is one of a user's credentials; the two data fields are JSON texts
// (Keycloak's CredentialRepresentation).
type credential struct {
	Type           string `json:"type"`
	SecretData     string `json:"secretData"`
	CredentialData string `json:"credentialData"`
}

// The dearest hashes that are taken: a file must not decide how long a sign-in
// computes.
const (
	maxIterations = 2_000_000
	maxMemory     = 256 << 10 // KiB
	maxPasses     = 32
)

// password takes the hash of a user's password where it can be verified here;
// everything else a person proves with stays behind.
func (u *user) password(p *Person) {
	if u.Federation != "" {
		p.LeftOut = append(p.LeftOut, LeftFederated)
	}
	for _, c := range u.Credentials {
		if c.Type != "password" {
			p.LeftOut = append(p.LeftOut, LeftFactor)
			continue
		}
		if p.Hash = c.phc(); p.Hash == "" {
			p.LeftOut = append(p.LeftOut, LeftPassword)
		}
	}
}

// phc writes a hash as a PHC string, or gives "" for one that cannot be verified.
func (c credential) phc() string {
	var secret struct {
		Value string `json:"value"`
		Salt  string `json:"salt"`
	}
	var how struct {
		Iterations int                 `json:"hashIterations"`
		Algorithm  string              `json:"algorithm"`
		More       map[string][]string `json:"additionalParameters"`
	}
	if json.Unmarshal([]byte(c.SecretData), &secret) != nil || json.Unmarshal([]byte(c.CredentialData), &how) != nil {
		return ""
	}
	hash, err := base64.StdEncoding.DecodeString(secret.Value)
	salt, saltErr := base64.StdEncoding.DecodeString(secret.Salt)
	if err != nil || saltErr != nil || len(salt) < 8 || len(salt) > 64 || how.Iterations < 1 {
		return ""
	}
	b64 := base64.RawStdEncoding
	one := func(name string) string {
		if v := how.More[name]; len(v) == 1 {
			return v[0]
		}
		return ""
	}
	switch how.Algorithm {
	case "pbkdf2-sha256", "pbkdf2-sha512":
		if how.Iterations > maxIterations || len(hash) < 32 || len(hash) > 64 {
			return ""
		}
		return fmt.Sprintf("$%s$i=%d$%s$%s", how.Algorithm, how.Iterations, b64.EncodeToString(salt), b64.EncodeToString(hash))
	case "argon2":
		var memory int
		if _, err := fmt.Sscanf(one("memory"), "%d", &memory); err != nil || memory < 8 || memory > maxMemory || how.Iterations > maxPasses ||
			one("type") != "id" || one("version") != "1.3" || one("parallelism") != "1" || len(hash) != 32 {
			return ""
		}
		return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=1$%s$%s", memory, how.Iterations, b64.EncodeToString(salt), b64.EncodeToString(hash))
	}
	return ""
}

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
