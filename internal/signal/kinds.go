package signal

import "slices"

// Rule says how a kind of notice is treated.
type Rule struct {
	Kind string
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
	{Kind: SessionsEndedByAdmin, Required: true},
	{Kind: ClosureRequested, Required: true, Secrets: []string{"link"}},
	{Kind: ClosureApproved, Required: true},
	{Kind: ClosureRejected, Required: true},
	{Kind: ClosureWithdrawn, Required: true},
	{Kind: ClosureWithdrawnLogin, Required: true},
	{Kind: ClosureRefused, Required: true},
	{Kind: ClosureClosed, Required: true, NotKept: true},
	{Kind: OneTimeCode, Required: true, NotKept: true},
	{Kind: PasswordResetLink, Required: true, NotKept: true},
	{Kind: PasswordChanged, Required: true},
	{Kind: PasswordOld},
	{Kind: FactorAdded, Required: true},
	{Kind: FactorRemoved, Required: true},
	{Kind: IdentifierVerified, Required: true},
	{Kind: IdentifierWanted, Required: true, NotKept: true},
	{Kind: NewSignIn, Required: true},
	{Kind: SessionEnded, Required: true},
	{Kind: AccountPaused, Required: true},
	{Kind: AccountResumed, Required: true},
	{Kind: AccountResumeLink, Required: true, NotKept: true},
	{Kind: AccountFlagged, Required: true},
	{Kind: MemberRemoved},
	{Kind: RoleTransferAsked},
	{Kind: RoleTransferAccepted, Required: true},
	{Kind: RoleTransferDeclined},
	{Kind: RoleTransferExpired},
	{Kind: SignOutWaitingApproval},
	{Kind: OrganisationEnding, Required: true},
	{Kind: OrganisationEnded, Required: true},
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
