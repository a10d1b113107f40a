package dissolution

import (
	"bytes"
	"time"
)

// The prerequisites that are attested before an organisation may announce its
// end.
const (
	TaxClearance        = "tax_clearance"         // 清税证明
	SocialInsuranceExit = "social_insurance_exit" // 社保注销
	NoArrears           = "no_arrears"            // 无欠费，债务清结
)

// Prerequisites lists them.
func Prerequisites() []string { return []string{TaxClearance, SocialInsuranceExit, NoArrears} }

// Attestation is the evidence for one prerequisite, and what a second person
// says to it.
type Attestation struct {
	ID          string
	Dissolution string
	Kind        string
	Reference   string // the document's number; sealed
	FileName    string // sealed
	MediaType   string
	Size        int64
	SHA256      string // in hex; also in the audit log
	AttestedBy  string
	AttestedAt  time.Time
	DecidedBy   string
	DecidedAt   time.Time // zero while it waits for its review
	Accepted    bool
	Reason      string // a reviewer's words; sealed
}

// MaxEvidence bounds a file in bytes, so that it fits into a request.
const MaxEvidence = 700 << 10

// formats are the kinds of files that are taken, by how they begin: what a file
// says of itself is not believed.
var formats = []struct {
	media string
	magic []byte
}{
	{"application/pdf", []byte("%PDF-")},
	{"image/png", []byte("\x89PNG\r\n\x1a\n")},
	{"image/jpeg", []byte("\xff\xd8\xff")},
}

// mediaType says what a file is, or "" for what is not taken.
func mediaType(content []byte) string {
	for _, f := range formats {
		if bytes.HasPrefix(content, f.magic) {
			return f.media
		}
	}
	return ""
}
