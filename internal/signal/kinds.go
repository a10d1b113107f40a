package signal

import "slices"

// The kinds of notices; each has a rule below, and in every language a subject, a
// body, a text message, and its words in the list of what can be turned off.
const (
	AccountCreated        = "account_created"
	SessionsEndedByAdmin  = "sessions_ended_by_admin"
	ClosureRequested      = "closure_requested"
	ClosureApproved       = "closure_approved"
	ClosureRejected       = "closure_rejected"
	ClosureWithdrawn      = "closure_withdrawn"
	ClosureWithdrawnLogin = "closure_withdrawn_by_sign_in"
	ClosureRefused        = "closure_refused"
	ClosureClosed         = "closure_closed"
	RoleTransferAsked     = "role_transfer_asked"
	RoleTransferAccepted  = "role_transfer_accepted"
	RoleTransferDeclined  = "role_transfer_declined"
	RoleTransferExpired   = "role_transfer_expired"

	// About signing in.
	OneTimeCode        = "one_time_code"
	PasswordResetLink  = "password_reset_link"
	PasswordChanged    = "password_changed"
	PasswordOld        = "password_old"
	FactorAdded        = "factor_added"
	FactorRemoved      = "factor_removed"
	IdentifierVerified = "identifier_verified" // a mobile number or an address
	IdentifierWanted   = "identifier_wanted"   // somebody wanted to use it who is not its owner
	NewSignIn          = "new_sign_in"
	SessionEnded       = "session_ended"

	// About the account and its organisations.
	AccountPaused          = "account_paused"
	AccountResumed         = "account_resumed"
	AccountResumeLink      = "account_resume_link"
	AccountFlagged         = "account_flagged" // as stolen or banned
	MemberRemoved          = "member_removed"
	SignOutWaitingApproval = "sign_out_waiting_approval"
	OrganisationEnding     = "organisation_ending"
	OrganisationEnded      = "organisation_ended"
)

// Rule says how a kind of notice is treated.
type Rule struct {
	Kind string
	// Args are what its words ask for; whoever sends it gives all of them.
	Args []string
	// Required ones cannot be muted: they are about the account's safety or its
	// end, and somebody who has taken a session over must not silence them.
	Required bool
	// MailOnly ones are not worth a text message.
	MailOnly bool
	// NotKept ones are not put into the inbox: they carry a code, or there is no
	// inbox any more.
	NotKept bool
	// Secrets are arguments that the inbox does without.
	Secrets []string
}

var rules = []Rule{
	{Kind: AccountCreated, MailOnly: true},
	{Kind: SessionsEndedByAdmin, Args: []string{"reason"}, Required: true},
	{Kind: ClosureRequested, Args: []string{"link", "days"}, Required: true, Secrets: []string{"link"}},
	{Kind: ClosureApproved, Required: true},
	{Kind: ClosureRejected, Args: []string{"reason"}, Required: true},
	{Kind: ClosureWithdrawn, Required: true},
	{Kind: ClosureWithdrawnLogin, Required: true},
	{Kind: ClosureRefused, Args: []string{"conditions"}, Required: true},
	{Kind: ClosureClosed, Args: []string{"certificate"}, Required: true, NotKept: true},
	{Kind: OneTimeCode, Args: []string{"code", "minutes", "purpose"}, Required: true, NotKept: true},
	{Kind: PasswordResetLink, Args: []string{"link", "minutes"}, Required: true, NotKept: true},
	{Kind: PasswordChanged, Required: true},
	{Kind: PasswordOld, Args: []string{"days"}},
	{Kind: FactorAdded, Args: []string{"factor"}, Required: true},
	{Kind: FactorRemoved, Args: []string{"factor"}, Required: true},
	{Kind: IdentifierVerified, Args: []string{"kind"}, Required: true},
	{Kind: IdentifierWanted, Required: true, NotKept: true},
	{Kind: NewSignIn, Args: []string{"device", "app"}, Required: true},
	{Kind: SessionEnded, Required: true},
	{Kind: AccountPaused, Required: true},
	{Kind: AccountResumed, Required: true},
	{Kind: AccountResumeLink, Args: []string{"link", "minutes"}, Required: true, NotKept: true},
	{Kind: AccountFlagged, Args: []string{"flag"}, Required: true},
	{Kind: MemberRemoved, Args: []string{"organisation"}},
	{Kind: RoleTransferAsked, Args: []string{"organisation", "what", "until"}},
	{Kind: RoleTransferAccepted, Args: []string{"organisation", "what"}, Required: true},
	{Kind: RoleTransferDeclined, Args: []string{"organisation", "what"}},
	{Kind: RoleTransferExpired, Args: []string{"organisation", "what", "until"}},
	{Kind: SignOutWaitingApproval, Args: []string{"organisation"}},
	{Kind: OrganisationEnding, Args: []string{"organisation", "until"}, Required: true},
	{Kind: OrganisationEnded, Args: []string{"organisation"}, Required: true},
}

// Missing lists what the words of a notice ask for and was not given.
func (r Rule) Missing(args map[string]string) []string {
	return slices.DeleteFunc(slices.Clone(r.Args), func(name string) bool { _, given := args[name]; return given })
}

// Rules lists every kind of notice, with how it is treated.
func Rules() []Rule { return slices.Clone(rules) }

// RuleOf gives how a kind is treated. A kind that nobody knows is required: it is
// better told than lost.
func RuleOf(kind string) (r Rule, known bool) {
	i := slices.IndexFunc(rules, func(r Rule) bool { return r.Kind == kind })
	if i < 0 {
		return Rule{Kind: kind, Required: true}, false
	}
	return rules[i], true
}
