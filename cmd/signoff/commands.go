package main

import "github.com/alecthomas/kong"

// commands is the command line: the flags that every command takes, and the
// tree of commands. Help texts come from the catalogue by the place in here.
type commands struct {
	global

	Version     versionCmd      `cmd:""`
	Serve       serveCmd        `cmd:""`
	Init        initCmd         `cmd:""`
	Account     accountCmds     `cmd:""`
	Identifier  identifierCmds  `cmd:""`
	Factor      factorCmds      `cmd:""`
	Binding     bindingCmds     `cmd:""`
	Arrear      arrearCmds      `cmd:""`
	Todo        todoCmds        `cmd:""`
	Attest      attestCmd       `cmd:""`
	Org         orgCmds         `cmd:""`
	Department  departmentCmds  `cmd:""`
	Member      memberCmds      `cmd:""`
	Session     sessionCmds     `cmd:""`
	Policy      policyCmds      `cmd:""`
	Calendar    calendarCmds    `cmd:""`
	Closure     closureCmds     `cmd:""`
	Dissolution dissolutionCmds `cmd:""`
	Holder      holderCmds      `cmd:""`
	Report      reportCmd       `cmd:""`
	Audit       auditCmds       `cmd:""`
	Certificate certCmds        `cmd:""`
	Keys        keysCmds        `cmd:""`
	Notice      noticeCmds      `cmd:""`
	Backup      backupCmd       `cmd:""`
	Demo        demoCmds        `cmd:""`
}

// global are the flags of every command.
type global struct {
	Config   string            `type:"path" placeholder:"FILE"`
	DataDir  string            `placeholder:"DIR"`
	Database string            `placeholder:"DSN"`
	Set      map[string]string `placeholder:"KEY=VALUE" mapsep:"none"`
	Lang     string            `enum:"${languages}," default:"" placeholder:"LANGUAGE"`
	JSON     bool              `name:"json"`
}

type accountCmds struct {
	Create       accountCreateCmd       `cmd:""`
	Import       accountImportCmd       `cmd:""`
	Export       accountExportCmd       `cmd:""`
	List         accountListCmd         `cmd:""`
	Show         accountShowCmd         `cmd:""`
	SetPassword  accountSetPasswordCmd  `cmd:""`
	Flag         accountFlagCmd         `cmd:""`
	Pause        accountPauseCmd        `cmd:""`
	Resume       accountResumeCmd       `cmd:""`
	Grant        accountGrantCmd        `cmd:""`
	Revoke       accountRevokeCmd       `cmd:""`
	ResetLink    accountResetLinkCmd    `cmd:""`
	RegisterLink accountRegisterLinkCmd `cmd:""`
}

type identifierCmds struct {
	Add    identifierAddCmd    `cmd:""`
	Remove identifierRemoveCmd `cmd:""`
	Verify identifierVerifyCmd `cmd:""`
}

type factorCmds struct {
	List   factorListCmd   `cmd:""`
	Remove factorRemoveCmd `cmd:""`
}

type bindingCmds struct {
	Add     bindingAddCmd     `cmd:""`
	Release bindingReleaseCmd `cmd:""`
	List    bindingListCmd    `cmd:""`
}

type arrearCmds struct {
	Add    arrearAddCmd    `cmd:""`
	Settle arrearSettleCmd `cmd:""`
}

type todoCmds struct {
	Add  todoAddCmd  `cmd:""`
	Done todoDoneCmd `cmd:""`
}

type orgCmds struct {
	Create        orgCreateCmd        `cmd:""`
	List          orgListCmd          `cmd:""`
	Show          orgShowCmd          `cmd:""`
	Certification orgCertificationCmd `cmd:""`
}

type dissolutionCmds struct {
	Start       dissolutionStartCmd       `cmd:""`
	List        dissolutionListCmd        `cmd:""`
	Show        dissolutionShowCmd        `cmd:""`
	Evidence    dissolutionEvidenceCmd    `cmd:""`
	Review      dissolutionReviewCmd      `cmd:""`
	Announce    dissolutionAnnounceCmd    `cmd:""`
	Withdraw    dissolutionWithdrawCmd    `cmd:""`
	Object      dissolutionObjectCmd      `cmd:""`
	Decide      dissolutionDecideCmd      `cmd:""`
	Retry       dissolutionRetryCmd       `cmd:""`
	Certificate dissolutionCertificateCmd `cmd:""`
}

type departmentCmds struct {
	Create departmentCreateCmd `cmd:""`
	List   departmentListCmd   `cmd:""`
}

type memberCmds struct {
	Put       memberPutCmd       `cmd:""`
	Remove    memberRemoveCmd    `cmd:""`
	List      memberListCmd      `cmd:""`
	Transfers memberTransfersCmd `cmd:""`
}

type sessionCmds struct {
	List     sessionListCmd     `cmd:""`
	End      sessionEndCmd      `cmd:""`
	Check    sessionCheckCmd    `cmd:""`
	Presence sessionPresenceCmd `cmd:""`
	Orders   sessionOrdersCmd   `cmd:""`
	Approve  sessionApproveCmd  `cmd:""`
	Refuse   sessionRefuseCmd   `cmd:""`
	Work     sessionWorkCmd     `cmd:""`
}

type policyCmds struct {
	List     policyListCmd     `cmd:""`
	Show     policyShowCmd     `cmd:""`
	Validate policyValidateCmd `cmd:""`
	Explain  policyExplainCmd  `cmd:""`
	Install  policyInstallCmd  `cmd:""`
}

type calendarCmds struct {
	List   calendarListCmd   `cmd:""`
	Upload calendarUploadCmd `cmd:""`
}

type closureCmds struct {
	List        closureListCmd        `cmd:""`
	Show        closureShowCmd        `cmd:""`
	Conditions  closureConditionsCmd  `cmd:""`
	Approve     closureApproveCmd     `cmd:""`
	Reject      closureRejectCmd      `cmd:""`
	Retry       closureRetryCmd       `cmd:""`
	Certificate closureCertificateCmd `cmd:""`
}

type holderCmds struct {
	List  holderListCmd  `cmd:""`
	Check holderCheckCmd `cmd:""`
	Count holderCountCmd `cmd:""`
}

type auditCmds struct {
	List       auditListCmd       `cmd:""`
	Verify     auditVerifyCmd     `cmd:""`
	Checkpoint auditCheckpointCmd `cmd:""`
	Proof      auditProofCmd      `cmd:""`
}

type certCmds struct {
	Verify certVerifyCmd `cmd:""`
	Show   certShowCmd   `cmd:""`
}

type keysCmds struct {
	Export keysExportCmd `cmd:""`
	Rotate keysRotateCmd `cmd:""`
	Show   keysShowCmd   `cmd:""`
}

type noticeCmds struct {
	List        noticeListCmd        `cmd:""`
	Inbox       noticeInboxCmd       `cmd:""`
	Read        noticeReadCmd        `cmd:""`
	Delete      noticeDeleteCmd      `cmd:""`
	Preferences noticePreferencesCmd `cmd:""`
	Prefer      noticePreferCmd      `cmd:""`
}

type demoCmds struct {
	Serve   demoServeCmd   `cmd:""`
	Advance demoAdvanceCmd `cmd:""`
	Walk    demoWalkCmd    `cmd:""`
}

// parser builds the command line with its texts in the chosen language.
func (e *env) parser(c *commands) (*kong.Kong, error) {
	k, err := kong.New(c, kong.Name("signoff"), kong.Writers(e.out, e.err), kong.Exit(func(code int) { panic(exited(code)) }),
		kong.Help(e.printHelp), choices(), kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true, FlagsLast: true, WrapUpperBound: 110}))
	if err != nil {
		return nil, err
	}
	e.wordHelp(k.Model)
	return k, nil
}

// exited is how kong ends the program after it has printed help.
type exited int
