package audit

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/signoff-id/signoff/internal/fault"
)

// Checkpoint says what a log held when it had Size entries: the root of its
// tree. Signed, it is a note in the form of https://c2sp.org/tlog-checkpoint,
// three lines (origin, size, root in base64) and one signature.
type Checkpoint struct {
	Origin string
	Size   int64
	Root   tlog.Hash
}

// text is what is signed.
func (c Checkpoint) text() string {
	return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, c.Root)
}

// Sign gives the signed form.
func (c Checkpoint) Sign(signer note.Signer) ([]byte, error) {
	signed, err := note.Sign(&note.Note{Text: c.text()}, signer)
	if err != nil {
		return nil, fmt.Errorf("audit: sign checkpoint: %w", err)
	}
	return signed, nil
}

// OpenCheckpoint reads a signed checkpoint of the log named origin. One
// checkpoint has one text: any changed byte is refused. Errors:
// audit_checkpoint_malformed, audit_checkpoint_foreign (another log's),
// audit_checkpoint_key_unknown, audit_checkpoint_forged.
func OpenCheckpoint(signed []byte, origin string, verifiers note.Verifiers) (Checkpoint, error) {
	malformed := fault.New(fault.Invalid, "audit_checkpoint_malformed")
	n, err := note.Open(signed, verifiers)
	var unknown *note.UnverifiedNoteError
	var wrong *note.InvalidSignatureError
	switch {
	case errors.As(err, &unknown):
		if c, ok := parseCheckpoint(unknown.Note.Text); ok && c.Origin != origin {
			return Checkpoint{}, foreign(c.Origin, origin)
		}
		return Checkpoint{}, fault.New(fault.Invalid, "audit_checkpoint_key_unknown").Because(err)
	case errors.As(err, &wrong):
		return Checkpoint{}, fault.New(fault.Invalid, "audit_checkpoint_forged").Because(err)
	case err != nil:
		return Checkpoint{}, malformed.Because(err)
	}
	c, ok := parseCheckpoint(n.Text)
	if !ok || !onlySpelling(n, signed) {
		return Checkpoint{}, malformed
	}
	if c.Origin != origin {
		return Checkpoint{}, foreign(c.Origin, origin)
	}
	return c, nil
}

func foreign(got, want string) error {
	return fault.New(fault.Invalid, "audit_checkpoint_foreign", "origin", got, "expected", want)
}

// parseCheckpoint reads the signed text and accepts no other spelling of it.
func parseCheckpoint(text string) (Checkpoint, bool) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 {
		return Checkpoint{}, false
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 {
		return Checkpoint{}, false
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return Checkpoint{}, false
	}
	c := Checkpoint{Origin: lines[0], Size: size, Root: root}
	return c, c.text() == text
}

// onlySpelling says whether signed is exactly the note n with its one signature:
// note.Open itself skips over further signatures and left-over bits in base64.
func onlySpelling(n *note.Note, signed []byte) bool {
	if len(n.Sigs) != 1 || len(n.UnverifiedSigs) != 0 {
		return false
	}
	raw, err := base64.StdEncoding.DecodeString(n.Sigs[0].Base64)
	if err != nil || len(raw) < 4 || binary.BigEndian.Uint32(raw) != n.Sigs[0].Hash {
		return false
	}
	return n.Text+"\n— "+n.Sigs[0].Name+" "+base64.StdEncoding.EncodeToString(raw)+"\n" == string(signed)
}
