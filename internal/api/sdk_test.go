package api_test

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/client"
)

// shapes pairs the schemas of the OpenAPI document with the client's types.
var shapes = map[string]any{
	"AccountView": client.Account{}, "ActorView": client.Actor{}, "ArrearView": client.Arrear{}, "AttestationView": client.Attestation{},
	"AuditReport": client.AuditReport{}, "BindingView": client.Binding{}, "CalendarView": client.Calendar{}, "CheckedSession": client.CheckedSession{},
	"ClosureStatus": client.ClosureStatus{}, "ClosureView": client.Closure{}, "ConditionView": client.Condition{}, "Conditions": client.Conditions{},
	"ConfirmedClosure": client.ConfirmedClosure{}, "DepartmentView": client.Department{}, "NewDevice": client.Device{}, "DeviceView": client.SessionDevice{}, "Affected": client.Affected{}, "KindCount": client.KindCount{},
	"WaitingOrder": client.WaitingOrder{}, "OnlinePerson": client.OnlinePerson{}, "CrowdView": client.Crowd{}, "EntryView": client.AuditEntry{},
	"HappeningView": client.Happening{}, "HolderChecked": client.HolderCheck{}, "HolderItem": client.HolderItem{}, "HolderView": client.Holder{},
	"Identifier": client.Identifier{}, "ItemView": client.Item{}, "MemberView": client.Member{}, "MembershipView": client.Membership{},
	"NewAccount": client.NewAccount{}, "NewArrear": client.NewArrear{}, "NewAttestation": client.NewAttestation{}, "NewBinding": client.NewBinding{},
	"NewClosure": client.NewClosure{}, "NewDepartment": client.NewDepartment{}, "NewPlace": client.NewMember{}, "NewSession": client.NewSession{},
	"NewSignOut": client.SignOutOrder{}, "NewTodo": client.NewTodo{}, "NoticeView": client.Notice{}, "OrganisationView": client.Organisation{},
	"PartView": client.Part{}, "PolicyRef": client.PolicyRef{}, "PolicyView": client.Policy{}, "Problem": client.Problem{},
	"ProblemField": client.FieldProblem{}, "Profile": client.Profile{}, "ProofView": client.AuditProof{}, "ReviewView": client.Review{},
	"IdentityProof": client.IdentityProof{}, "NewProof": client.NewProof{}, "SessionView": client.Session{}, "SignedOut": client.SignedOut{}, "StartedSession": client.StartedSession{}, "TodoView": client.Todo{},
	"ImportView": client.ImportReport{}, "LeftView": client.LeftOut{}, "RefusalView": client.ImportRefusal{},
	"FaceView": client.BrowserAccount{}, "JoinedBrowser": client.JoinedBrowser{}, "SwitchedAccount": client.SwitchedAccount{},
	"LeaseView": client.Work{}, "NewWork": client.NewWork{}, "SignalView": client.WorkSignal{}, "ProblemWork": client.PendingWork{},
	"StateNote": client.StateNote{}, "StateView": client.ResumeState{}, "NewState": client.NewState{},
	"NewPause": client.NewPause{}, "PauseView": client.Pause{}, "SentLink": client.SentLink{},
	"DissolutionView": client.Dissolution{}, "NewDissolution": client.NewDissolution{}, "PublicNotice": client.PublicNotice{}, "EvidenceView": client.Evidence{},
	"NewEvidence": client.NewEvidence{}, "Decision": client.EvidenceDecision{}, "ObjectionView": client.Objection{}, "NewObjection": client.NewObjection{},
	"ReportView": client.Report{}, "TallyView": client.DayCount{},
	"Raised": client.RaisedObjection{}, "Outcome": client.ObjectionOutcome{},
	"SecondFactor": client.SecondFactor{}, "NewSecondFactor": client.NewSecondFactor{}, "PasskeySession": client.PasskeySession{},
	"Question": client.Question{}, "SentCode": client.SentCode{}, "PasswordChange": client.PasswordChange{}, "RenewedSession": client.RenewedSession{},
	"PasswordReset": client.PasswordReset{}, "FactorView": client.Factor{}, "FactorsView": client.Factors{}, "AddedFactor": client.AddedFactor{},
	"TotpEnrolment": client.Enrolment{}, "NewPasskey": client.NewPasskey{}, "RecoveryCodes": client.RecoveryCodes{}, "Verification": client.Verification{},
	"NewRegistration": client.NewRegistration{}, "HandedLink": client.HandedLink{},
	"TransferView": client.Transfer{}, "NewTransfer": client.NewTransfer{},
	"InboxNotice": client.InboxNotice{}, "NoticeChoice": client.NoticeChoice{}, "NoticeCount": client.NoticeCount{}, "NoticePreference": client.NoticePreference{},
	"VerifiedCertificate": client.VerifiedCertificate{}, "WithdrawnClosure": client.WithdrawnClosure{}, "YearView": client.CalendarYear{},
}

// plain are schemas that the client writes without a type, as parameters of a
// method.
var plain = []string{"AuditComparison", "Certification", "Flags", "Joining", "Leaving", "Renewal", "Hearing", "LinkToken", "ResumeName", "NewOrganisation", "NewPassword", "Proof", "Rejection", "WantedAccount", "WantedReset", "PasskeyAnswer", "FactorName", "FirstCode", "WantedRegistration"}

// The client knows every field that the API has, and no other.
func TestTheClientKnowsEveryField(t *testing.T) {
	var doc struct {
		Components struct {
			Schemas map[string]struct {
				Properties map[string]any `json:"properties"`
			} `json:"schemas"`
		} `json:"components"`
	}
	if err := json.Unmarshal(document(t), &doc); err != nil {
		t.Fatal(err)
	}
	for name, schema := range doc.Components.Schemas {
		if strings.HasPrefix(name, "List") || slices.Contains(plain, name) {
			continue
		}
		shape, known := shapes[name]
		if !known {
			t.Errorf("the client has no type for the schema %s", name)
			continue
		}
		api, sdk := slices.Sorted(maps.Keys(schema.Properties)), fieldsOf(reflect.TypeOf(shape))
		if !slices.Equal(api, sdk) {
			t.Errorf("%s: the API has %v, the client %v", name, api, sdk)
		}
	}
	for name := range shapes {
		if _, there := doc.Components.Schemas[name]; !there {
			t.Errorf("the document has no schema %s", name)
		}
	}
}

func fieldsOf(t reflect.Type) []string {
	var names []string
	for i := range t.NumField() {
		if name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); name != "-" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
