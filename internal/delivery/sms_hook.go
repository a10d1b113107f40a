package delivery

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Hook hands text messages to an HTTP endpoint of the operator's, signed as
// Standard Webhooks 1.0 says. docs/sms-hook.md is its contract.
type Hook struct {
	URL    string
	Secret []byte // see HookSecret
	Client *http.Client
	Now    func() time.Time
}

// HookSecret reads a secret as it is written down: base64, with "whsec_" before
// it or not. It is refused when it holds fewer than 24 bytes.
func HookSecret(written string) ([]byte, bool) {
	secret, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(written, "whsec_"))
	return secret, err == nil && len(secret) >= 24
}

type hookBody struct {
	Type      string    `json:"type"`
	Timestamp time.Time `json:"timestamp"`
	Data      hookData  `json:"data"`
}

type hookData struct {
	ID     string            `json:"id"`
	To     string            `json:"to"`
	Text   string            `json:"text"`
	Kind   string            `json:"kind"`
	Locale string            `json:"locale"`
	Args   map[string]string `json:"args,omitempty"`
}

// Deliver posts m. The endpoint answers 2xx when it has taken the message, and
// 422 when the number is of no use; everything else is tried again.
func (h *Hook) Deliver(ctx context.Context, m Message) error {
	now := h.Now().UTC()
	body, err := json.Marshal(hookBody{Type: "sms.send", Timestamp: now.Truncate(time.Second),
		Data: hookData{ID: m.ID, To: m.To, Text: m.Text, Kind: m.Kind, Locale: m.Locale, Args: m.Args}})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.URL, bytes.NewReader(body))
	if err != nil {
		return failed("setup")
	}
	at := strconv.FormatInt(now.Unix(), 10)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Webhook-Id", m.ID)
	req.Header.Set("Webhook-Timestamp", at)
	req.Header.Set("Webhook-Signature", webhookSignature(h.Secret, m.ID, at, body))
	status, _, err := exchange(ctx, h.Client, req)
	switch {
	case err != nil:
		return err
	case status >= 200 && status < 300:
		return nil
	case status == http.StatusUnprocessableEntity:
		return refused(strconv.Itoa(status))
	}
	return failed(strconv.Itoa(status))
}

// webhookSignature is HMAC-SHA256 over id, timestamp and body (Standard
// Webhooks 1.0, "Signature scheme").
func webhookSignature(secret []byte, id, timestamp string, body []byte) string {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(id + "." + timestamp + "."))
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
