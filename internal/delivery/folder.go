package delivery

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// Folder writes each message into a file of its own: the mailbox and the phone of
// a demo, where a person finds the codes. Nothing but a demo may use it: what is
// in the files is readable for everybody who can read the folder.
type Folder struct{ Dir string }

// Deliver writes the file of m; sent again, it is the same file.
func (f Folder) Deliver(_ context.Context, m Message) error {
	if err := os.MkdirAll(f.Dir, 0o700); err != nil {
		return err
	}
	text := fmt.Sprintf("To: %s\nSubject: %s\n\n%s\n", m.To, m.Subject, m.Text)
	return os.WriteFile(filepath.Join(f.Dir, m.ID+"-"+m.Kind+".txt"), []byte(text), 0o600)
}
