package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/dissolution"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
)

// rule says who may do what. Every operation has at least one; whom refused
// does not name is let in.
type rule struct {
	operation string
	what      string // where an operation has several
	refused   map[string]string
	call      func(context.Context, *client.Client, *scene) error
}

// signedIn refuses anybody without a session.
func signedIn() map[string]string { return map[string]string{"anonymous": "unauthenticated"} }

// only lets in some kinds of callers and refuses all others with a code.
func only(code string, let ...string) map[string]string {
	out := signedIn()
	for _, kind := range kinds[1:] {
		if !slices.Contains(let, kind) {
			out[kind] = code
		}
	}
	return out
}

func operators() map[string]string { return only("role_required", "operator") }

// managers are operators and our organisation's admins; to everybody else but
// its members, it is not there.
func managers() map[string]string {
	out := only("organisation_not_found", "operator", "admin", "super admin")
	out["member"] = "admin_required"
	return out
}

// owners are managers without plain admins.
func owners() map[string]string {
	out := managers()
	out["admin"] = "owner_required"
	return out
}

// owningIt are those who may sign out everybody in our organisation.
func owningIt() map[string]string {
	out := only("organisation_not_found", "operator", "super admin")
	out["admin"] = "owner_required"
	return out
}

func nobody(code string) map[string]string { return only(code) }

// refusals are all codes that say "not you"; any other answer means let in.
var refusals = []string{"unauthenticated", "session_not_valid", "status_link_not_valid", "role_required", "admin_required", "owner_required",
	"organisation_not_found", "account_not_found", "member_not_found", "closure_not_found", "session_not_found",
	"sign_out_order_not_found", "transfer_not_found", "own_attestation", "dissolution_not_found", "dissolution_rights_required", "notice_not_found"}

func drop[T any](_ T, err error) error { return err }

const unknown = "01900000-0000-7000-8000-000000000000"

var rules = []rule{
	{"sign-in", "", nil, func(ctx context.Context, c *client.Client, s *scene) error {
		_, name := s.Person()
		return drop(c.SignIn(ctx, client.NewSession{Name: name, Password: "wrong password", Device: client.Device{Kind: client.Phone}, App: "crm"}))
	}},
	{"check-session", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error { return drop(c.CheckSession(ctx)) }},
	{"prove-identity", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.ProveIdentity(ctx, client.NewProof{Password: apptest.Password}))
	}},
	{"list-sessions", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error { return drop(c.Sessions(ctx)) }},
	{"sign-out", "own", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.SignOutWith(ctx, client.SignOutOrder{Scope: client.OtherSessions}))
	}},
	{"sign-out", "another's session, as if own", nobody("session_not_found"), func(ctx context.Context, c *client.Client, s *scene) error {
		_, name := s.Person()
		return drop(c.SignOutWith(ctx, client.SignOutOrder{Scope: client.OneSession, Target: s.SignIn(name).Session.ID}))
	}},
	{"sign-out", "an account in our organisation", only("organisation_not_found", "admin", "super admin", "operator"), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.SignOutWith(ctx, client.SignOutOrder{Scope: client.OneAccount, Target: s.target().ID, OrganisationID: s.ours.ID, Reason: "test"}))
	}},
	{"sign-out", "an outsider, through our organisation", outsiders("account_not_found"), func(ctx context.Context, c *client.Client, s *scene) error {
		a, _ := s.Person()
		return drop(c.SignOutWith(ctx, client.SignOutOrder{Scope: client.OneAccount, Target: a.ID, OrganisationID: s.ours.ID, Reason: "test"}))
	}},

	{"sign-out", "a dry run over our organisation", owningIt(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.SignOutWith(ctx, client.SignOutOrder{Scope: client.WholeOrganisation, OrganisationID: s.ours.ID, DryRun: true}))
	}},
	{"sign-out", "a creator", owningIt(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.SignOutWith(ctx, client.SignOutOrder{Scope: client.OneAccount, Target: s.creator(), OrganisationID: s.ours.ID, Reason: "test"}))
	}},
	{"sign-out", "another's device", only("organisation_not_found", "admin", "super admin", "operator"), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.SignOutWith(ctx, client.SignOutOrder{Scope: client.OneDevice, Target: s.deviceOf(s.ours), OrganisationID: s.ours.ID, Reason: "test"}))
	}},
	{"list-sign-out-orders", "", only("organisation_not_found", "admin", "super admin", "operator"), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.SignOutOrders(ctx, s.ours.ID, client.Page{}))
	}},
	{"get-sign-out-order", "", only("sign_out_order_not_found", "admin", "super admin", "operator"), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.SignOutOrder(ctx, s.ordered()))
	}},
	{"approve-sign-out-order", "", only("sign_out_order_not_found", "admin", "super admin", "operator"), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.ApproveSignOut(ctx, s.ordered()))
	}},
	{"refuse-sign-out-order", "", only("sign_out_order_not_found", "admin", "super admin", "operator"), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.RefuseSignOut(ctx, s.ordered()))
	}},
	{"complete-sign-in", "", nil, func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.CompleteSignIn(ctx, client.NewSecondFactor{Token: "sop_made-up", Code: "123456"}))
	}},
	{"ask-any-passkey", "", nil, func(ctx context.Context, c *client.Client, _ *scene) error { return drop(c.AskAnyPasskey(ctx)) }},
	{"sign-in-by-passkey", "", nil, func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.SignInByPasskey(ctx, client.PasskeySession{Token: "sop_made-up", Passkey: json.RawMessage(`{"id":"x","rawId":"x","type":"public-key","response":{}}`), Device: client.Device{Kind: client.Phone}, App: "crm"}))
	}},
	{"ask-password-reset", "", nil, func(ctx context.Context, c *client.Client, s *scene) error {
		_, name := s.Person()
		return c.AskPasswordReset(ctx, name)
	}},
	{"reset-password", "", nil, func(ctx context.Context, c *client.Client, _ *scene) error {
		return c.ResetPassword(ctx, client.PasswordReset{Token: "sol_made-up", Password: "a very long passphrase"})
	}},
	{"begin-registration", "", nil, func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.BeginRegistration(ctx, client.Identifier{Kind: client.Email, Value: "new@example.com"}))
	}},
	{"register", "", nil, func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.Register(ctx, client.NewRegistration{Kind: client.Email, Value: "new@example.com", Code: "123456", Password: "a very long passphrase"}))
	}},
	{"make-register-link", "", operators(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.MakeRegisterLink(ctx, client.Identifier{Kind: client.Email, Value: "invited@example.com"}))
	}},
	{"send-proof-code", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error { return drop(c.SendProofCode(ctx)) }},
	{"ask-passkey", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error { return drop(c.AskPasskey(ctx)) }},

	{"change-own-password", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.ChangePassword(ctx, client.PasswordChange{Old: "a wrong password", New: "a very long passphrase"}))
	}},
	{"list-own-factors", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error { return drop(c.OwnFactors(ctx)) }},
	{"begin-own-totp", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error { return drop(c.BeginTOTP(ctx, "x")) }},
	{"confirm-own-totp", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.ConfirmTOTP(ctx, unknown, "123456"))
	}},
	{"begin-own-passkey", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error { return drop(c.BeginPasskey(ctx)) }},
	{"add-own-passkey", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.AddPasskey(ctx, client.NewPasskey{Token: "sop_made-up", Passkey: json.RawMessage(`{"id":"x","rawId":"x","type":"public-key","response":{}}`)}))
	}},
	{"rename-own-factor", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return c.RenameOwnFactor(ctx, unknown, "x")
	}},
	{"remove-own-factor", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error { return c.RemoveOwnFactor(ctx, unknown) }},
	{"renew-own-recovery-codes", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.RenewRecoveryCodes(ctx))
	}},
	{"add-own-identifier", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.AddOwnIdentifier(ctx, client.Identifier{Kind: client.Email, Value: "more@example.com"}))
	}},
	{"verify-own-identifier", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return c.VerifyOwnIdentifier(ctx, client.Verification{Kind: client.Email, Value: "more@example.com", Code: "123456"})
	}},
	{"remove-own-identifier", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return c.RemoveOwnIdentifier(ctx, client.Identifier{Kind: client.Username, Value: "nobody-has-this"})
	}},
	{"list-factors", "", operators(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.Factors(ctx, s.target().ID))
	}},
	{"remove-factor", "", operators(), func(ctx context.Context, c *client.Client, s *scene) error {
		return c.RemoveFactor(ctx, s.target().ID, unknown)
	}},
	{"make-reset-link", "", operators(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.MakeResetLink(ctx, s.target().ID))
	}},
	{"verify-identifier", "", operators(), func(ctx context.Context, c *client.Client, s *scene) error {
		return c.VerifyIdentifier(ctx, s.target().ID, client.Identifier{Kind: client.Username, Value: "nobody-has-this"})
	}},

	{"list-presence", "", managers(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.Presence(ctx, s.ours.ID, "", client.Page{}))
	}},
	{"count-presence", "", managers(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.CountPresence(ctx, s.ours.ID, ""))
	}},
	{"stream-presence", "", managers(), func(ctx context.Context, c *client.Client, s *scene) error {
		enough := errors.New("enough")
		_, name := s.Person()
		a, err := s.App.Accounts.Find(ctx, name)
		s.Must(err)
		s.join(s.ours, a, org.Ordinary)
		s.SignIn(name)
		if err := c.WatchPresence(ctx, s.ours.ID, func(client.PresenceChange) error { return enough }); !errors.Is(err, enough) {
			return err
		}
		return nil
	}},

	{"get-own-account", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error { return drop(c.OwnAccount(ctx)) }},
	{"release-own-binding", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error { return c.ReleaseOwnBinding(ctx, unknown) }},
	{"complete-own-todo", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error { return c.CompleteOwnTodo(ctx, unknown) }},
	{"list-own-notices", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.OwnNotices(ctx, false, client.Page{}))
	}},
	{"count-unread-notices", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error { return drop(c.UnreadNotices(ctx)) }},
	{"read-own-notice", "another's", nobody("notice_not_found"), func(ctx context.Context, c *client.Client, s *scene) error {
		return c.ReadOwnNotice(ctx, s.noticeOfAnother())
	}},
	{"read-own-notices", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error { return drop(c.ReadOwnNotices(ctx)) }},
	{"delete-own-notice", "another's", nobody("notice_not_found"), func(ctx context.Context, c *client.Client, s *scene) error {
		return c.DeleteOwnNotice(ctx, s.noticeOfAnother())
	}},
	{"list-notice-preferences", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error { return drop(c.NoticePreferences(ctx)) }},
	{"set-notice-preference", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error {
		off := false
		return drop(c.SetNoticePreference(ctx, "password_old", client.NoticeChoice{SMS: &off}))
	}},
	{"leave-organisation", "not in it", nobody("organisation_not_found"), func(ctx context.Context, c *client.Client, _ *scene) error {
		return c.LeaveOrganisation(ctx, unknown)
	}},
	{"ask-role-transfer", "in an organisation of others", nobody("organisation_not_found"), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.AskTransfer(ctx, client.NewTransfer{OrganisationID: unknown, SuccessorID: s.target().ID, Role: client.Creator}))
	}},
	{"list-role-transfers", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error { return drop(c.Transfers(ctx)) }},
	{"accept-role-transfer", "of others", nobody("transfer_not_found"), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.AcceptTransfer(ctx, s.transfer()))
	}},
	{"decline-role-transfer", "of others", nobody("transfer_not_found"), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.DeclineTransfer(ctx, s.transfer()))
	}},
	{"withdraw-role-transfer", "of others", nobody("transfer_not_found"), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.WithdrawTransfer(ctx, s.transfer()))
	}},

	{"join-browser", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.JoinBrowser(ctx, "sob_made-up", ""))
	}},
	{"list-browser-accounts", "", nil, func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.BrowserAccounts(ctx, "sob_made-up"))
	}},
	{"switch-account", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.SwitchAccount(ctx, "sob_made-up", unknown))
	}},
	{"remove-browser-account", "", nil, func(ctx context.Context, c *client.Client, _ *scene) error {
		return c.RemoveBrowserAccount(ctx, "sob_made-up", unknown, false)
	}},
	{"sign-out-browser", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.SignOutBrowser(ctx, "sob_made-up", false))
	}},
	{"announce-work", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.AnnounceWork(ctx, client.NewWork{Kind: client.UnsavedWork, What: "x", TTLSeconds: 60}))
	}},
	{"renew-work", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.RenewWork(ctx, unknown, time.Minute))
	}},
	{"release-work", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error { return c.ReleaseWork(ctx, unknown) }},
	{"list-work", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error { return drop(c.Work(ctx)) }},
	{"await-work-signal", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error { return drop(c.AwaitWorkSignal(ctx, 0)) }},
	{"list-account-work", "", operators(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.AccountWork(ctx, s.target().ID))
	}},
	{"get-resume-state", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.ResumeState(ctx, "no-such-app"))
	}},
	{"put-resume-state", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.PutResumeState(ctx, "no-such-app", client.NewState{State: []byte("{}")}))
	}},
	{"delete-resume-state", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return c.DeleteResumeState(ctx, "no-such-app")
	}},

	{"pause-own-account", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error {
		past := time.Unix(0, 0)
		return drop(c.PauseOwnAccount(ctx, client.NewPause{Until: &past}))
	}},
	{"send-resume-link", "", nil, func(ctx context.Context, c *client.Client, s *scene) error {
		_, name := s.Person()
		return drop(c.SendResumeLink(ctx, name))
	}},
	{"resume-by-link", "", nil, func(ctx context.Context, c *client.Client, _ *scene) error { return c.ResumeByLink(ctx, "sol_made-up") }},
	{"pause-account", "", operators(), func(ctx context.Context, c *client.Client, s *scene) error {
		a, _ := s.Person()
		return drop(c.PauseAccount(ctx, a.ID, client.NewPause{}))
	}},
	{"resume-account", "", operators(), func(ctx context.Context, c *client.Client, s *scene) error {
		return c.ResumeAccount(ctx, s.target().ID)
	}},

	{"get-closure-conditions", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.ClosureConditions(ctx, "wecom"))
	}},
	{"request-closure", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.RequestClosure(ctx, client.NewClosure{Policy: "no-such-policy"}))
	}},
	{"confirm-closure", "another's", nobody("closure_not_found"), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.ConfirmClosure(ctx, s.waiting().Closure.ID, "correct horse battery"))
	}},
	{"withdraw-closure", "another's", nobody("closure_not_found"), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.WithdrawClosure(ctx, s.waiting().Closure.ID))
	}},
	{"list-closures", "own", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.Closures(ctx, client.ClosureFilter{}, client.Page{}))
	}},
	{"list-closures", "another's", only("role_required", "operator", "reviewer", "auditor"), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.Closures(ctx, client.ClosureFilter{AccountID: s.target().ID}, client.Page{}))
	}},
	{"get-closure", "another's", only("closure_not_found", "operator", "reviewer", "auditor"), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.Closure(ctx, s.waiting().Closure.ID))
	}},
	{"get-certificate", "another's", only("closure_not_found", "operator", "auditor"), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.Certificate(ctx, s.waiting().Closure.ID))
	}},
	{"retry-part", "", operators(), func(ctx context.Context, c *client.Client, s *scene) error {
		return c.RetryPart(ctx, s.waiting().Closure.ID, "crm")
	}},

	{"get-closure-status", "", nil, func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.ClosureStatus(ctx, s.waiting().StatusToken))
	}},
	{"get-closure-status", "with a session's token", everybodyRefused("status_link_not_valid"), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.ClosureStatus(ctx, c.Token()))
	}},
	{"withdraw-by-link", "", nil, func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.WithdrawByLink(ctx, s.waiting().StatusToken))
	}},
	{"withdraw-by-link", "with a made-up link", everybodyRefused("status_link_not_valid"), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.WithdrawByLink(ctx, "soc_made-up"))
	}},
	{"get-certificate-by-link", "", nil, func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.CertificateByLink(ctx, s.waiting().StatusToken))
	}},

	{"list-reviews", "", only("role_required", "operator", "reviewer", "auditor"), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.Reviews(ctx, client.Page{}))
	}},
	{"approve-closure", "", only("role_required", "reviewer"), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.ApproveClosure(ctx, s.waiting().Closure.ID))
	}},
	{"reject-closure", "", only("role_required", "reviewer"), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.RejectClosure(ctx, s.waiting().Closure.ID, "test"))
	}},

	{"create-organisation", "", operators(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.CreateOrganisation(ctx, "x"))
	}},
	{"list-organisations", "", operators(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.Organisations(ctx, client.Page{}))
	}},
	{"get-organisation", "", only("organisation_not_found", "member", "admin", "super admin", "operator"), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.Organisation(ctx, s.ours.ID))
	}},
	{"set-certification", "", operators(), func(ctx context.Context, c *client.Client, s *scene) error {
		return c.SetCertification(ctx, s.theirs.ID, client.Certified)
	}},
	{"create-department", "", managers(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.CreateDepartment(ctx, s.ours.ID, client.NewDepartment{Name: "x"}))
	}},
	{"list-departments", "", managers(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.Departments(ctx, s.ours.ID))
	}},
	{"list-members", "", managers(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.Members(ctx, s.ours.ID, client.Page{}))
	}},
	{"get-member", "", managers(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.Member(ctx, s.ours.ID, s.target().ID))
	}},
	{"list-member-sessions", "", managers(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.MemberSessions(ctx, s.ours.ID, s.target().ID))
	}},
	{"put-member", "a member", managers(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.PutMember(ctx, s.ours.ID, s.target().ID, client.NewMember{Role: client.Admin}))
	}},
	{"put-member", "as super admin", owners(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.PutMember(ctx, s.ours.ID, s.target().ID, client.NewMember{Role: client.SuperAdmin}))
	}},
	{"put-member", "who is creator", owners(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.PutMember(ctx, s.ours.ID, s.creator(), client.NewMember{Role: client.Ordinary}))
	}},
	{"put-member", "an outsider", outsiders("member_not_found"), func(ctx context.Context, c *client.Client, s *scene) error {
		a, _ := s.Person()
		return drop(c.PutMember(ctx, s.ours.ID, a.ID, client.NewMember{Role: client.Ordinary}))
	}},
	{"remove-member", "a member", managers(), func(ctx context.Context, c *client.Client, s *scene) error {
		return c.RemoveMember(ctx, s.ours.ID, s.target().ID)
	}},
	{"remove-member", "who is creator", owners(), func(ctx context.Context, c *client.Client, s *scene) error {
		return c.RemoveMember(ctx, s.ours.ID, s.creator())
	}},
	{"add-todo", "", managers(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.AddTodo(ctx, s.ours.ID, s.target().ID, client.NewTodo{Kind: client.Task, Title: "x"}))
	}},
	{"add-todo", "for nobody that exists", everyManager("member_not_found"), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.AddTodo(ctx, s.ours.ID, unknown, client.NewTodo{Kind: client.Task, Title: "x"}))
	}},
	{"add-attestation", "", managers(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.AddAttestation(ctx, s.ours.ID, s.target().ID, client.NewAttestation{Kind: client.TaxDeregistration, Evidence: "x"}))
	}},

	{"start-dissolution", "of our organisation", leaders(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.StartDissolution(ctx, s.ours.ID, client.NewDissolution{Kind: client.SimpleDissolution}))
	}},
	{"get-organisation-dissolution", "of others", onlookers(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.OrganisationDissolution(ctx, s.dissolution().Organisation))
	}},
	{"list-dissolutions", "", only("role_required", "operator", "reviewer"), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.Dissolutions(ctx, client.Attesting, client.Page{}))
	}},
	{"get-dissolution", "of others", onlookers(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.Dissolution(ctx, s.dissolution().ID))
	}},
	{"add-dissolution-evidence", "for others", only("dissolution_not_found", "operator"), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.AddEvidence(ctx, s.dissolution().ID, client.NewEvidence{Kind: client.TaxClearance, Reference: "x", Content: []byte("%PDF-1")}))
	}},
	{"get-dissolution-file", "of others", onlookers(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.EvidenceFile(ctx, s.dissolution().ID, unknown))
	}},
	{"review-dissolution-evidence", "", only("role_required", "operator", "reviewer"), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.ReviewEvidence(ctx, s.dissolution().ID, unknown, client.EvidenceDecision{Accepted: true}))
	}},
	{"announce-dissolution", "of others", only("dissolution_not_found", "operator"), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.AnnounceDissolution(ctx, s.dissolution().ID, client.PublicNotice{PublishedOn: "2026-03-02", Media: "x", Reference: "x"}))
	}},
	{"withdraw-dissolution", "of others", only("dissolution_not_found", "operator"), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.WithdrawDissolution(ctx, s.dissolution().ID))
	}},
	{"raise-objection", "to nothing", everybodyRefused("dissolution_not_found"), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.Object(ctx, client.NewObjection{Reference: "no such notice", Name: "x", Contact: "x", Text: "x"}))
	}},
	{"set-hearing", "", only("role_required", "operator", "reviewer"), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.SetHearing(ctx, s.dissolution().ID, unknown, s.Clock.Now().Add(time.Hour)))
	}},
	{"decide-objection", "", only("role_required", "operator", "reviewer"), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.DecideObjection(ctx, s.dissolution().ID, unknown, client.ObjectionOutcome{Outcome: "upheld", Reason: "x"}))
	}},
	{"retry-dissolution-part", "", operators(), func(ctx context.Context, c *client.Client, s *scene) error {
		return c.RetryDissolutionPart(ctx, s.dissolution().ID, "crm")
	}},
	{"get-dissolution-certificate", "of others", onlookers(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.DissolutionCertificate(ctx, s.dissolution().ID))
	}},

	{"create-account", "", operators(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.CreateAccount(ctx, client.NewAccount{}))
	}},
	{"list-accounts", "", operators(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.Accounts(ctx, client.Page{}))
	}},
	{"find-account", "", operators(), func(ctx context.Context, c *client.Client, s *scene) error {
		_, name := s.Person()
		return drop(c.FindAccount(ctx, name))
	}},
	{"get-account", "", operators(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.Account(ctx, s.target().ID))
	}},
	{"add-identifier", "", operators(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.AddIdentifier(ctx, s.target().ID, client.Identifier{Kind: client.Mobile, Value: "1"}))
	}},
	{"remove-identifier", "", operators(), func(ctx context.Context, c *client.Client, s *scene) error {
		return c.RemoveIdentifier(ctx, s.target().ID, client.Identifier{Kind: client.Username, Value: "nobody-has-this"})
	}},
	{"set-password", "", operators(), func(ctx context.Context, c *client.Client, s *scene) error {
		return c.SetPassword(ctx, s.target().ID, "another good one")
	}},
	{"set-flags", "", operators(), func(ctx context.Context, c *client.Client, s *scene) error {
		return c.SetFlags(ctx, s.target().ID, true, false)
	}},
	{"grant-role", "", operators(), func(ctx context.Context, c *client.Client, s *scene) error {
		return c.Grant(ctx, s.target().ID, client.Auditor)
	}},
	{"revoke-role", "", operators(), func(ctx context.Context, c *client.Client, s *scene) error {
		return c.Revoke(ctx, s.target().ID, client.Auditor)
	}},
	{"add-binding", "", operators(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.AddBinding(ctx, s.target().ID, client.NewBinding{Service: "alipay"}))
	}},
	{"release-binding", "", operators(), func(ctx context.Context, c *client.Client, s *scene) error {
		return c.ReleaseBinding(ctx, s.target().ID, unknown)
	}},
	{"add-arrear", "", operators(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.AddArrear(ctx, s.target().ID, client.NewArrear{Currency: "CNY", Amount: 1}))
	}},
	{"settle-arrear", "", operators(), func(ctx context.Context, c *client.Client, s *scene) error {
		return c.SettleArrear(ctx, s.target().ID, unknown)
	}},
	{"list-notices", "", operators(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.Notices(ctx, s.target().ID))
	}},

	{"import-accounts", "", operators(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.ImportAccounts(ctx, strings.NewReader("name,username\nx,import-one\n"), client.ImportOptions{DryRun: true}))
	}},
	{"import-members", "", managers(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.ImportMembers(ctx, s.ours.ID, strings.NewReader("name,username\nx,import-two\n"), client.ImportOptions{DryRun: true}))
	}},
	{"import-members", "of another organisation", only("organisation_not_found", "operator", "foreign admin", "stranger"), func(ctx context.Context, c *client.Client, s *scene) error {
		err := drop(c.ImportMembers(ctx, s.theirs.ID, strings.NewReader("name,username\nx,import-three\n"), client.ImportOptions{DryRun: true}))
		if p, ok := errors.AsType[*client.Problem](err); ok && p.Code == "admin_required" {
			return nil // the stranger is a member there
		}
		return err
	}},
	{"export-accounts", "", operators(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return c.ExportAccounts(ctx, io.Discard, false)
	}},

	{"list-policies", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error { return drop(c.Policies(ctx)) }},
	{"get-policy", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error { return drop(c.Policy(ctx, "dingtalk")) }},
	{"install-policy", "", operators(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.InstallPolicy(ctx, []byte("name: x")))
	}},
	{"validate-policy", "", operators(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.ValidatePolicy(ctx, []byte("name: x")))
	}},
	{"explain-policy", "own", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.ExplainPolicy(ctx, "wecom", ""))
	}},
	{"explain-policy", "another's", operators(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.ExplainPolicy(ctx, "wecom", s.target().ID))
	}},
	{"get-calendar", "", signedIn(), func(ctx context.Context, c *client.Client, _ *scene) error { return drop(c.Calendar(ctx, "cn")) }},
	{"put-calendar-year", "", operators(), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.PutCalendarYear(ctx, "cn", []byte("country: cn")))
	}},

	{"list-holders", "", only("role_required", "operator", "auditor"), func(ctx context.Context, c *client.Client, _ *scene) error { return drop(c.Holders(ctx)) }},
	{"check-holder", "", only("role_required", "operator", "auditor"), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.CheckHolder(ctx, "none"))
	}},

	{"get-daily-report", "", only("role_required", "operator", "auditor"), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.DailyReport(ctx, "", ""))
	}},
	{"get-organisation-daily-report", "", managers(), func(ctx context.Context, c *client.Client, s *scene) error {
		return drop(c.OrganisationDailyReport(ctx, s.ours.ID, "", ""))
	}},
	{"list-audit-entries", "", only("role_required", "operator", "auditor"), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.AuditEntries(ctx, 0, client.Page{}))
	}},
	{"get-audit-checkpoint", "", only("role_required", "operator", "auditor"), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.AuditCheckpoint(ctx))
	}},
	{"get-audit-proof", "", only("role_required", "operator", "auditor"), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.AuditProof(ctx, 1<<40, 0))
	}},
	{"verify-audit-log", "", only("role_required", "operator", "auditor"), func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.VerifyAudit(ctx, nil))
	}},
	{"get-keys", "", nil, func(ctx context.Context, c *client.Client, _ *scene) error { return drop(c.Keys(ctx)) }},
	{"verify-certificate", "", nil, func(ctx context.Context, c *client.Client, _ *scene) error {
		return drop(c.CheckCertificate(ctx, []byte("{}")))
	}},
}

// outsiders: an operator is let in; to our admins, who is not in our
// organisation is not there.
func outsiders(code string) map[string]string {
	out := only("organisation_not_found", "operator")
	out["admin"], out["super admin"] = code, code
	if code == "account_not_found" { // a sign-out stays within the organisation that it names
		out["operator"] = code
	} else {
		out["member"] = "admin_required"
	}
	return out
}

// everyManager: even those who manage our organisation get the code.
func everyManager(code string) map[string]string {
	out := managers()
	out["admin"], out["super admin"], out["operator"] = code, code, code
	return out
}

func everybodyRefused(code string) map[string]string {
	out := nobody(code)
	out["anonymous"] = code
	return out
}

// deviceOf gives a device on which a new member is signed in.
func (s *scene) deviceOf(o org.Organisation) string {
	a, name := s.Person()
	s.join(o, a, org.Ordinary)
	return s.SignIn(name).Session.Device.ID
}

// ordered makes an order that waits for a second person in our organisation.
func (s *scene) ordered() string {
	a := s.target()
	needs := s.App.Sessions.Approval
	s.App.Sessions.Approval.Scopes = []session.Scope{session.OnePerson}
	defer func() { s.App.Sessions.Approval = needs }()
	done, err := s.App.Sessions.Force(s.T.Context(), app.Actor(), session.Order{Scope: session.OnePerson, Organisation: s.ours.ID, Target: a.ID, Reason: "test"})
	s.Must(err)
	return done.Waiting.ID
}

// creator makes a creator of our organisation.
func (s *scene) creator() string {
	a, _ := s.Person()
	s.join(s.ours, a, org.Creator)
	return a.ID
}

// leaders are operators; to our organisation's members, others lead it.
func leaders() map[string]string {
	out := only("organisation_not_found", "operator")
	out["member"], out["admin"], out["super admin"] = "dissolution_rights_required", "dissolution_rights_required", "dissolution_rights_required"
	return out
}

func onlookers() map[string]string { return only("dissolution_not_found", "operator", "reviewer") }

// dissolution begins a dissolution that none of the callers leads.
func (s *scene) dissolution() dissolution.Dissolution {
	a, _ := s.Person()
	o := s.Organisation(org.Creator, a)
	d, err := s.App.Dissolutions.Start(s.T.Context(), app.Actor(), o.ID, dissolution.Simple, "")
	s.Must(err)
	return d
}

// transfer makes one between two others in our organisation.
func (s *scene) transfer() string {
	t, err := s.App.Orgs.AskTransfer(s.T.Context(), s.creator(), org.NewTransfer{Organisation: s.ours.ID, Successor: s.target().ID, Role: org.Creator})
	s.Must(err)
	return t.ID
}

// Every operation is tried by every kind of caller, through the client.
func TestWhoMayDoWhat(t *testing.T) {
	s := newScene(t, "sqlite")
	documented := map[string][]string{}
	for _, op := range operationsOf(t, document(t)) {
		documented[op.ID] = append(op.Codes, "validation_failed", "not_found")
	}
	for _, r := range rules {
		t.Run(r.operation+" "+r.what, func(t *testing.T) {
			for _, kind := range kinds {
				err := r.call(t.Context(), s.callers[kind], s)
				got := ""
				if p, ok := errors.AsType[*client.Problem](err); ok {
					got = p.Code
				} else if err != nil {
					t.Fatal(err)
				}
				if got != "" && !slices.Contains(documented[r.operation], got) {
					t.Errorf("%s gets %q, which the documents do not tell of", kind, got)
				}
				want := r.refused[kind]
				if want == "" && slices.Contains(refusals, got) {
					t.Errorf("%s is refused by %s", kind, got)
				}
				if want != "" && got != want {
					t.Errorf("%s gets %q, want %q", kind, got, want)
				}
			}
		})
	}
	for _, op := range s.contract.operations {
		if !slices.ContainsFunc(rules, func(r rule) bool { return r.operation == op.ID }) {
			t.Errorf("nothing says who may do %s", op.ID)
		}
		if !s.contract.called[op.ID] {
			t.Errorf("the client never called %s", op.ID)
		}
	}
}
