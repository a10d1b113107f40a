package api

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/onetime"
)

// slowDown is what every way in answers to whoever guesses too much.
var slowDown = []string{"too_many_attempts"}

// question is what a browser asks a passkey.
type question struct {
	Token     string         `json:"token" doc:"Goes back with the answer. It is told this once."`
	ExpiresAt time.Time      `json:"expires_at"`
	PublicKey map[string]any `json:"public_key" doc:"The publicKey of navigator.credentials.create or get (WebAuthn Level 3)."`
}

func shapeQuestion(q access.Asked) (question, error) {
	key, err := publicKey(q.Question)
	return question{Token: q.Token, ExpiresAt: q.ExpiresAt.UTC(), PublicKey: key}, err
}

func publicKey(asked []byte) (map[string]any, error) {
	var out struct {
		PublicKey map[string]any `json:"publicKey"`
	}
	err := json.Unmarshal(asked, &out)
	return out.PublicKey, err
}

// sentCode tells of a code that is on its way, and does not tell the code.
type sentCode struct {
	ExpiresAt time.Time `json:"expires_at"`
	NextAt    time.Time `json:"next_at" doc:"Before then another one is refused."`
}

func shapeSent(i onetime.Issued) sentCode {
	return sentCode{ExpiresAt: i.ExpiresAt.UTC(), NextAt: i.Next.UTC()}
}

// passkeyAnswer is a browser's answer, as PublicKeyCredential.toJSON gives it
// (WebAuthn Level 3, 5.1).
type passkeyAnswer struct {
	ID         string         `json:"id" minLength:"1" maxLength:"2048"`
	RawID      string         `json:"rawId" maxLength:"2048"`
	Type       string         `json:"type" enum:"public-key"`
	Response   map[string]any `json:"response"`
	Attachment string         `json:"authenticatorAttachment,omitempty" maxLength:"100"`
	Extensions map[string]any `json:"clientExtensionResults,omitempty"`
}

// newProof is how a person shows once more who it is: one of these.
type newProof struct {
	Password     string         `json:"password,omitempty" maxLength:"1024"`
	Code         string         `json:"code,omitempty" maxLength:"20" doc:"Of an authenticator app."`
	RecoveryCode string         `json:"recovery_code,omitempty" maxLength:"40"`
	MailedCode   string         `json:"mailed_code,omitempty" maxLength:"20" doc:"As sent by mail or text message."`
	Token        string         `json:"token,omitempty" maxLength:"100" doc:"With passkey: of the question."`
	Passkey      *passkeyAnswer `json:"passkey,omitempty" doc:"The passkey's answer, as PublicKeyCredential.toJSON gives it."`
}

func (p newProof) answer() (a access.Answer, err error) {
	a = access.Answer{Password: p.Password, Code: p.Code, RecoveryCode: p.RecoveryCode, MailedCode: p.MailedCode, Step: p.Token}
	if p.Passkey != nil {
		a.Passkey, err = json.Marshal(p.Passkey)
	}
	return a, err
}

// wayIn adds to the codes of an operation those of every way in.
func wayIn(problems map[int][]string) map[int][]string {
	problems[http.StatusTooManyRequests] = append(problems[http.StatusTooManyRequests], slowDown...)
	return problems
}
