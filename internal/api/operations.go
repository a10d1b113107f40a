package api

// operations lists everything that can be done over HTTP, in the order of the
// reference. Each entry is one file.
func (f *face) operations() []func() {
	return []func(){
		f.signIn, f.signInSecondFactor, f.signInPasskeyAsk, f.signInPasskey, f.passwordResetAsk, f.passwordResetUse,
		f.registrationBegin, f.registrationComplete, f.sessionProveCode, f.sessionProvePasskey,
		f.sessionCheck, f.sessionProve, f.sessionList, f.signOut,
		f.presenceList, f.presenceCount, f.presenceStream,
		f.orderList, f.orderGet, f.orderApprove, f.orderRefuse,
		f.workAnnounce, f.workRenew, f.workRelease, f.workList, f.workSignal, f.accountWork,
		f.browserJoin, f.browserList, f.browserSwitch, f.browserRemove, f.browserSignOut,
		f.resumeStateGet, f.resumeStatePut, f.resumeStateDelete,

		f.ownPasswordChange, f.ownFactorList, f.ownTOTPBegin, f.ownTOTPConfirm, f.ownPasskeyBegin, f.ownPasskeyAdd,
		f.ownFactorRename, f.ownFactorRemove, f.ownRecoveryCodes, f.ownIdentifierAdd, f.ownIdentifierVerify, f.ownIdentifierRemove,
		f.ownAccount, f.ownBindingRelease, f.ownTodoComplete, f.organisationLeave,
		f.transferAsk, f.transferList, f.transferAccept, f.transferDecline, f.transferWithdraw,
		f.inboxList, f.inboxUnread, f.inboxRead, f.inboxReadAll, f.inboxDelete, f.preferenceList, f.preferenceSet,

		f.ownPause, f.resumeLinkSend, f.resumeByLink, f.accountPause, f.accountResume,

		f.closureConditions, f.closureRequest, f.closureConfirm, f.closureWithdraw,
		f.closureList, f.closureGet, f.closureCertificate, f.closureRetry,

		f.statusGet, f.statusWithdraw, f.statusCertificate,

		f.reviewList, f.reviewApprove, f.reviewReject,

		f.organisationCreate, f.organisationList, f.organisationGet, f.organisationCertify,
		f.departmentCreate, f.departmentList,
		f.memberList, f.memberGet, f.memberPut, f.memberRemove, f.memberSessions,
		f.memberTodo, f.memberAttest,

		f.dissolutionStart, f.dissolutionOf, f.dissolutionList, f.dissolutionGet, f.dissolutionAttest, f.dissolutionFile, f.dissolutionReview,
		f.dissolutionAnnounce, f.dissolutionWithdraw, f.objectionRaise, f.objectionHear, f.objectionDecide, f.dissolutionRetry, f.dissolutionCertificate,

		f.factorList, f.factorRemove, f.resetLinkMake, f.registerLinkMake, f.identifierVerify,
		f.accountCreate, f.accountList, f.accountFind, f.accountGet,
		f.identifierAdd, f.identifierRemove, f.passwordSet, f.flagsSet, f.grantAdd, f.grantRevoke,
		f.bindingAdd, f.bindingRelease, f.arrearAdd, f.arrearSettle, f.noticeList,

		f.accountImport, f.organisationImport, f.accountExport,

		f.policyList, f.policyGet, f.policyInstall, f.policyValidate, f.policyExplain,
		f.calendarGet, f.calendarPut,

		f.holderList, f.holderCheck,

		f.reportDaily, f.organisationReport,

		f.auditEntries, f.auditCheckpoint, f.auditProof, f.auditVerify,
		f.keys, f.certificateVerify,
	}
}
