package visit

import (
	"crypto/hmac"
	"encoding/json"
	"strings"

	"github.com/signoff-id/signoff/internal/access"
)

// AskPasskey answers the pages' script with what to ask a passkey; see
// passkey.js. The step comes back with the answer, from this browser only.
func (v *Visit) AskPasskey(asked access.Asked) error {
	body, err := json.Marshal(struct {
		Step     string          `json:"step"`
		Question json.RawMessage `json:"question"`
	}{asked.Token + "." + v.mark("passkey", asked.Token), asked.Question})
	if err != nil {
		return err
	}
	v.W.Header().Set("Content-Type", "application/json")
	_, err = v.W.Write(body)
	return err
}

// PasskeyAnswer is what a passkey has answered, and the step that asked it: "" for
// a step of another browser, or of none.
func (v *Visit) PasskeyAnswer() (step string, answer []byte) {
	step, mark, _ := strings.Cut(v.Value("step"), ".")
	if !hmac.Equal([]byte(mark), []byte(v.mark("passkey", step))) {
		step = ""
	}
	return step, []byte(v.Value("passkey"))
}
