package main

import (
	"context"
	"strconv"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/dissolution"
	"github.com/signoff-id/signoff/internal/erasure"
)

// whichDissolution names a dissolution by its id.
type whichDissolution struct {
	Dissolution string `arg:""`
}

type dissolutionShowCmd struct{ whichDissolution }

type dissolutionView struct {
	ID           string     `json:"id"`
	Organisation string     `json:"organisation_id"`
	Kind         string     `json:"kind"`
	State        string     `json:"state"`
	StartedAt    time.Time  `json:"started_at"`
	Reference    string     `json:"notice_reference,omitempty"`
	EndsAt       *time.Time `json:"ends_at,omitempty"`
	Released     int64      `json:"released_members"`
	DeadlineAt   *time.Time `json:"deadline_at,omitempty"`
	EndedAt      *time.Time `json:"ended_at,omitempty"`
	Certificate  string     `json:"certificate_id,omitempty"`
}

func viewDissolution(d dissolution.Dissolution) dissolutionView {
	return dissolutionView{d.ID, d.Organisation, string(d.Kind), string(d.State), d.StartedAt, d.Notice.Reference, perhaps(d.EndsAt),
		d.Released, perhaps(d.DeadlineAt), perhaps(d.EndedAt), d.Certificate}
}

type dissolutionDetail struct {
	dissolutionView
	Missing    []string        `json:"missing"`
	Evidence   []evidenceView  `json:"evidence"`
	Objections []objectionView `json:"objections"`
	Parts      []partView      `json:"parts"`
}

type evidenceView struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	SHA256 string `json:"sha256"`
	State  string `json:"state"`
}

type objectionView struct {
	ID       string    `json:"id"`
	State    string    `json:"state"`
	RaisedAt time.Time `json:"raised_at"`
}

func viewEvidence(a dissolution.Attestation) evidenceView {
	state := "waiting"
	switch {
	case a.Accepted:
		state = "evidence_accepted"
	case !a.DecidedAt.IsZero():
		state = "evidence_rejected"
	}
	return evidenceView{a.ID, a.Kind, a.SHA256, state}
}

func viewObjection(o dissolution.Objection) objectionView {
	state := "waiting"
	if !o.Open() {
		state = "objection_" + string(o.Outcome)
	}
	return objectionView{o.ID, state, o.RaisedAt}
}

func (c dissolutionShowCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		x, err := a.Dissolutions.Get(ctx, actor(), c.Dissolution)
		if err != nil {
			return err
		}
		d := dissolutionDetail{viewDissolution(x.Dissolution), x.Missing, views(x.Evidence, viewEvidence), views(x.Objections, viewObjection), views(x.Parts, viewPart)}
		return e.show(d, func(p *page) {
			p.pairs(pair{"id", d.ID}, pair{"organisation", d.Organisation}, pair{"state", e.word(d.State)}, pair{"kind", e.word(d.Kind)},
				pair{"missing", e.words(d.Missing)}, pair{"reference", d.Reference}, pair{"ends_at", whenPerhaps(d.EndsAt)},
				pair{"released_members", strconv.FormatInt(d.Released, 10)}, pair{"deadline_at", whenPerhaps(d.DeadlineAt)},
				pair{"ended_at", whenPerhaps(d.EndedAt)}, pair{"certificate", d.Certificate})
			section(p, "evidence", []string{"id", "kind", "state"}, d.Evidence, func(v evidenceView) []string {
				return []string{v.ID, e.word(v.Kind), e.word(v.State)}
			})
			section(p, "objections", []string{"id", "state", "at"}, d.Objections, func(v objectionView) []string {
				return []string{v.ID, e.word(v.State), when(v.RaisedAt)}
			})
			section(p, "parts", []string{"holder", "attempts", "erased", "verified_at", "last_error"}, x.Parts, func(x erasure.Part) []string {
				return []string{x.Holder, strconv.Itoa(x.Attempts), erased(x), when(x.VerifiedAt), x.LastError}
			})
		})
	})
}
