package api

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/dissolution"
	"github.com/signoff-id/signoff/internal/identity"
)

// leaders are operators, and an organisation's creators and its legal
// representative.
func leaders() admission {
	return admission{scheme: sessionScheme, note: "operator, creator or legal representative"}
}

// onlookers see a dissolution: its leaders, and the platform's staff.
func onlookers() admission {
	return admission{scheme: sessionScheme, note: "operator, reviewer, creator or legal representative"}
}

// asLeader is the caller acting for an organisation that ends.
func (f *face) asLeader(ctx context.Context) (audit.Actor, error) {
	yes, err := f.has(ctx, principalOf(ctx), identity.Operator)
	if yes {
		return asOperator(ctx), err
	}
	return audit.Actor{Kind: audit.KindAdmin, ID: principalOf(ctx).Account()}, err
}

// asOnlooker is the caller reading a dissolution.
func (f *face) asOnlooker(ctx context.Context) (audit.Actor, error) {
	yes, err := f.has(ctx, principalOf(ctx), identity.Reviewer)
	if yes {
		return asReviewer(ctx), err
	}
	if err != nil {
		return audit.Actor{}, err
	}
	return f.asLeader(ctx)
}

// asSecondPerson is the caller deciding on evidence or an objection.
func (f *face) asSecondPerson(ctx context.Context) (audit.Actor, error) {
	yes, err := f.has(ctx, principalOf(ctx), identity.Operator)
	if yes {
		return asOperator(ctx), err
	}
	return asReviewer(ctx), err
}

// InDissolution names a dissolution in the path.
type InDissolution struct {
	ID string `path:"id" maxLength:"64" doc:"The dissolution."`
}

// dissolutionView is a dissolution in JSON. Fields that do not apply yet are
// missing.
type dissolutionView struct {
	ID              string          `json:"id"`
	OrganisationID  string          `json:"organisation_id"`
	Kind            string          `json:"kind" enum:"general,simple"`
	State           string          `json:"state" enum:"attesting,announced,objected,releasing,erasing,closed,withdrawn,cancelled"`
	SuccessorID     string          `json:"successor_id,omitempty" doc:"The organisation that takes over."`
	StartedBy       string          `json:"started_by"`
	StartedAt       time.Time       `json:"started_at"`
	Missing         []string        `json:"missing" nullable:"false" doc:"Prerequisites without accepted evidence."`
	Notice          *publicNotice   `json:"notice,omitempty"`
	EndsAt          *time.Time      `json:"ends_at,omitempty" doc:"When the notice is over. Stands still while an objection is open."`
	RemainingHours  *int            `json:"remaining_hours,omitempty" doc:"While an objection is open: what was left of the notice."`
	ReleasedMembers int64           `json:"released_members"`
	ErasingAt       *time.Time      `json:"erasing_at,omitempty"`
	DeadlineAt      *time.Time      `json:"deadline_at,omitempty" doc:"The law's, for the erasure."`
	Overdue         bool            `json:"overdue" doc:"An erasure past the law's deadline."`
	EndedAt         *time.Time      `json:"ended_at,omitempty"`
	CertificateID   string          `json:"certificate_id,omitempty"`
	Evidence        []evidenceView  `json:"evidence,omitempty" nullable:"false" doc:"Only where one dissolution is asked for, as all that follows."`
	Objections      []objectionView `json:"objections,omitempty" nullable:"false"`
	Timeline        []happeningView `json:"timeline,omitempty" nullable:"false"`
	Parts           []partView      `json:"parts,omitempty" nullable:"false"`
	OwnItems        []itemView      `json:"own_items,omitempty" nullable:"false"`
}

// publicNotice is the public notice of a dissolution.
type publicNotice struct {
	PublishedOn string `json:"published_on" doc:"The day, as 2026-03-02."`
	Media       string `json:"media" maxLength:"100" doc:"Where it was published."`
	Reference   string `json:"reference" maxLength:"100" doc:"Its public number; by it anybody can object."`
}

// evidenceView is the evidence for one prerequisite.
type evidenceView struct {
	ID         string     `json:"id"`
	Kind       string     `json:"kind" enum:"tax_clearance,social_insurance_exit,no_arrears"`
	Reference  string     `json:"reference,omitempty"`
	FileName   string     `json:"file_name,omitempty"`
	MediaType  string     `json:"media_type"`
	Size       int64      `json:"size" doc:"Bytes."`
	SHA256     string     `json:"sha256"`
	AttestedBy string     `json:"attested_by"`
	AttestedAt time.Time  `json:"attested_at"`
	State      string     `json:"state" enum:"waiting,accepted,rejected"`
	DecidedBy  string     `json:"decided_by,omitempty"`
	DecidedAt  *time.Time `json:"decided_at,omitempty"`
	Reason     string     `json:"reason,omitempty"`
}

func shapeEvidence(a dissolution.Attestation) evidenceView {
	out := evidenceView{ID: a.ID, Kind: a.Kind, Reference: a.Reference, FileName: a.FileName, MediaType: a.MediaType, Size: a.Size, SHA256: a.SHA256,
		AttestedBy: a.AttestedBy, AttestedAt: a.AttestedAt.UTC(), State: "waiting", DecidedBy: a.DecidedBy, DecidedAt: when(a.DecidedAt), Reason: a.Reason}
	switch {
	case a.Accepted:
		out.State = "accepted"
	case !a.DecidedAt.IsZero():
		out.State = "rejected"
	}
	return out
}

// objectionView is what somebody has against a dissolution.
type objectionView struct {
	ID        string     `json:"id"`
	State     string     `json:"state" enum:"open,upheld,dismissed"`
	Name      string     `json:"name,omitempty" doc:"For the staff only."`
	Contact   string     `json:"contact,omitempty" doc:"For the staff only."`
	Text      string     `json:"text,omitempty"`
	RaisedAt  time.Time  `json:"raised_at"`
	HearingAt *time.Time `json:"hearing_at,omitempty"`
	DecidedAt *time.Time `json:"decided_at,omitempty"`
	Reason    string     `json:"reason,omitempty"`
}

func shapeObjection(whole bool) func(dissolution.Objection) objectionView {
	return func(o dissolution.Objection) objectionView {
		out := objectionView{ID: o.ID, State: "open", Text: o.Words, RaisedAt: o.RaisedAt.UTC(), HearingAt: when(o.HearingAt),
			DecidedAt: when(o.DecidedAt), Reason: o.Reason}
		if !o.Open() {
			out.State = string(o.Outcome)
		}
		if whole {
			out.Name, out.Contact = o.Name, o.Contact
		}
		return out
	}
}

// shapeDissolution shows a dissolution; whole says that the caller is of the
// staff.
func shapeDissolution(now time.Time, whole bool) func(dissolution.View) dissolutionView {
	return func(v dissolution.View) dissolutionView {
		out := dissolutionView{ID: v.ID, OrganisationID: v.Organisation, Kind: string(v.Kind), State: string(v.State), SuccessorID: v.Successor,
			StartedBy: v.StartedBy, StartedAt: v.StartedAt.UTC(), Missing: each(v.Missing, same), EndsAt: when(v.EndsAt), ReleasedMembers: v.Released,
			ErasingAt: when(v.ErasingAt), DeadlineAt: when(v.DeadlineAt), Overdue: v.Overdue(now), EndedAt: when(v.EndedAt), CertificateID: v.Certificate}
		if v.Notice.Reference != "" {
			out.Notice = &publicNotice{PublishedOn: v.Notice.Published, Media: v.Notice.Media, Reference: v.Notice.Reference}
		}
		if v.State == dissolution.Objected {
			out.EndsAt, out.RemainingHours = nil, begun(v.Remaining, time.Hour)
		}
		for _, a := range v.Evidence {
			out.Evidence = append(out.Evidence, shapeEvidence(a))
		}
		for _, o := range v.Objections {
			out.Objections = append(out.Objections, shapeObjection(whole)(o))
		}
		for _, h := range v.Timeline {
			out.Timeline = append(out.Timeline, shapeHappening(h))
		}
		for _, p := range v.Parts {
			out.Parts = append(out.Parts, shapePart(p, whole))
		}
		for _, i := range v.OwnItems {
			out.OwnItems = append(out.OwnItems, itemView(i))
		}
		return out
	}
}

// dissolutionFor gives a dissolution as the caller may see it.
func (f *face) dissolutionFor(ctx context.Context, by audit.Actor, id string) (*answer[dissolutionView], error) {
	v, err := f.Dissolutions.Get(ctx, by, id)
	if err != nil {
		return nil, err
	}
	return &answer[dissolutionView]{Body: shapeDissolution(f.Now(), by.Kind != audit.KindAdmin)(v)}, nil
}
