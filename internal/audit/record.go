package audit

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/gowebpki/jcs"
)

// atLayout writes an instant with all six digits, so that equal instants have
// equal texts.
const atLayout = "2006-01-02T15:04:05.000000Z"

// record is the content of an entry as it is hashed.
type record struct {
	ID           string            `json:"id"`
	At           string            `json:"at"`
	Actor        recordActor       `json:"actor"`
	Action       string            `json:"action"`
	Organisation string            `json:"organisation,omitempty"`
	Account      string            `json:"account,omitempty"`
	Object       string            `json:"object,omitempty"`
	Data         map[string]string `json:"data,omitempty"`
}

type recordActor struct {
	Kind string `json:"kind"`
	ID   string `json:"id,omitempty"`
}

// Record gives the canonical JSON (RFC 8785) of e, which is what the tree
// hashes. Seq is not part of it: the tree itself holds the place. The error is
// for text that is not UTF-8, which has no JSON.
func (e Entry) Record() ([]byte, error) {
	for field, text := range e.texts {
		if !utf8.ValidString(text) {
			return nil, fmt.Errorf("audit: %s is not UTF-8", field)
		}
	}
	text, err := json.Marshal(record{
		ID: e.ID, At: e.At.UTC().Format(atLayout), Actor: recordActor(e.Actor), Action: e.Action,
		Organisation: e.Organisation, Account: e.Account, Object: e.Object, Data: e.Data,
	})
	if err != nil {
		return nil, fmt.Errorf("audit: record: %w", err)
	}
	return jcs.Transform(text)
}

// ParseRecord is the inverse of Record and refuses every text that Record would
// not write. The entry's Seq is Pending: a record does not know its place.
func ParseRecord(text []byte) (Entry, error) {
	var r record
	if err := json.Unmarshal(text, &r); err != nil {
		return Entry{}, fmt.Errorf("audit: record: %w", err)
	}
	at, err := time.Parse(atLayout, r.At)
	if err != nil {
		return Entry{}, fmt.Errorf("audit: record: %w", err)
	}
	e := Entry{
		ID: r.ID, At: at.UTC(), Actor: Actor(r.Actor), Action: r.Action,
		Organisation: r.Organisation, Account: r.Account, Object: r.Object, Data: r.Data, Seq: Pending,
	}
	if again, err := e.Record(); err != nil || !bytes.Equal(again, text) {
		return Entry{}, errors.New("audit: record: not canonical")
	}
	return e, nil
}

// EncodeData gives the one text in which a store keeps an entry's Data.
func EncodeData(data map[string]string) (string, error) {
	if len(data) == 0 {
		return "{}", nil
	}
	text, err := json.Marshal(data)
	if err != nil {
		return "", fmt.Errorf("audit: data: %w", err)
	}
	if text, err = jcs.Transform(text); err != nil {
		return "", fmt.Errorf("audit: data: %w", err)
	}
	return string(text), nil
}

// DecodeData is the inverse of EncodeData. It refuses every text that EncodeData
// would not write, because a changed byte that changes no value must be found
// too.
func DecodeData(text string) (map[string]string, error) {
	var data map[string]string
	if err := json.Unmarshal([]byte(text), &data); err != nil {
		return nil, fmt.Errorf("audit: data: %w", err)
	}
	if again, err := EncodeData(data); err != nil || again != text {
		return nil, errors.New("audit: data: not canonical")
	}
	if len(data) == 0 {
		return nil, nil
	}
	return data, nil
}
