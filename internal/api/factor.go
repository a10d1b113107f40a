package api

import (
	"time"

	"github.com/signoff-id/signoff/internal/access"
)

// factorView is something that a person has beside the password.
type factorView struct {
	ID        string     `json:"id"`
	Kind      string     `json:"kind" enum:"totp,passkey"`
	Name      string     `json:"name" doc:"What the person calls it."`
	CreatedAt time.Time  `json:"created_at"`
	UsedAt    *time.Time `json:"used_at,omitempty"`
}

// factorsView is all of them.
type factorsView struct {
	Factors       []factorView `json:"factors" nullable:"false"`
	RecoveryCodes int          `json:"recovery_codes" doc:"How many are left."`
}

func shapeFactors(l access.FactorList) factorsView {
	return factorsView{RecoveryCodes: l.RecoveryCodes, Factors: each(l.Factors, func(f access.Factor) factorView {
		return factorView{ID: f.ID, Kind: f.Kind, Name: f.Name, CreatedAt: f.CreatedAt.UTC(), UsedAt: when(f.UsedAt)}
	})}
}

// factorName is what a person calls a factor.
type factorName struct {
	Name string `json:"name,omitempty" maxLength:"100"`
}

// addedFactor is a factor that counts from now on.
type addedFactor struct {
	ID            string   `json:"id"`
	RecoveryCodes []string `json:"recovery_codes,omitempty" doc:"With the first factor: codes that work once each when the factor is lost. They are told this once."`
}
