package policy

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/yamldoc"
)

// maxProblems bounds a refusal: after so many the file is not one of ours.
const maxProblems = 20

// Parse reads, checks and compiles a policy. A refusal is the fault
// policy_invalid with one field for each wrong place; its Path is a line and a
// column, its code and arguments the reason.
func Parse(src []byte) (*Policy, error) {
	doc, wrong := yamldoc.Parse(src)
	if wrong != nil {
		return nil, refusal(wrong)
	}
	wrong, err := validate(doc)
	if err != nil {
		return nil, err
	}
	if wrong != nil {
		return nil, refusal(wrong)
	}
	form, err := decode(doc)
	if err != nil {
		return nil, err
	}
	p := form.policy()
	sum := sha256.Sum256(src)
	p.Digest, p.Source = hex.EncodeToString(sum[:]), bytes.Clone(src)
	c := checker{doc: doc, policy: p}
	if err := c.check(); err != nil {
		return nil, err
	}
	if c.wrong != nil {
		return nil, refusal(c.wrong)
	}
	p.fillTexts()
	return p, nil
}

func refusal(wrong []fault.Field) error {
	if len(wrong) > maxProblems {
		wrong = wrong[:maxProblems]
	}
	return &fault.Error{Kind: fault.Invalid, Code: "policy_invalid", Fields: wrong}
}

// form is the file's shape; the schema has vouched for it before it is decoded.
type form struct {
	Name       string `json:"name"`
	Version    int    `json:"version"`
	Title      Text   `json:"title"`
	Summary    Text   `json:"summary"`
	Conditions []struct {
		Code    string            `json:"code"`
		When    string            `json:"when"`
		Args    map[string]string `json:"args"`
		Text    Text              `json:"text"`
		Met     Text              `json:"met"`
		Resolve string            `json:"resolve"`
	} `json:"conditions"`
	Proof struct {
		Methods []string `json:"methods"`
		MaxAge  string   `json:"max_age"`
	} `json:"proof"`
	Review *struct {
		MinWorkingDays int    `json:"min_working_days"`
		MaxWorkingDays int    `json:"max_working_days"`
		Country        string `json:"country"`
	} `json:"review"`
	CoolingOff *struct {
		Days   int    `json:"days"`
		From   string `json:"from"`
		SignIn string `json:"sign_in"`
	} `json:"cooling_off"`
	Reuse struct {
		After string `json:"after"`
		Never bool   `json:"never"`
	} `json:"reuse"`
	Deadline struct {
		WorkingDays  int    `json:"working_days"`
		Country      string `json:"country"`
		CalendarDays int    `json:"calendar_days"`
		Months       int    `json:"months"`
	} `json:"deadline"`
	Texts map[string]Text `json:"texts"`
}

func decode(doc *yamldoc.Node) (*form, error) {
	raw, err := json.Marshal(doc.Any())
	if err != nil {
		return nil, fmt.Errorf("write a policy as JSON: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	var f form
	if err := d.Decode(&f); err != nil {
		return nil, fmt.Errorf("the schema and the form of a policy differ: %w", err)
	}
	return &f, nil
}

func (f *form) policy() *Policy {
	p := &Policy{
		Name: f.Name, Version: f.Version, Title: f.Title, Summary: f.Summary, Texts: f.Texts,
		Proof:    Proof{Methods: f.Proof.Methods, MaxAge: duration(f.Proof.MaxAge)},
		Reuse:    Reuse{After: duration(f.Reuse.After), Never: f.Reuse.Never},
		Deadline: Deadline(f.Deadline),
	}
	for _, c := range f.Conditions {
		p.Conditions = append(p.Conditions, Condition{Code: c.Code, When: c.When, written: c.Args, Text: c.Text, Met: c.Met, Resolve: c.Resolve})
	}
	if f.Review != nil {
		r := Review(*f.Review)
		p.Review = &r
	}
	if f.CoolingOff != nil {
		c := CoolingOff(*f.CoolingOff)
		p.CoolingOff = &c
	}
	return p
}
