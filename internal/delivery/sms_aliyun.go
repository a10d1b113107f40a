package delivery

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// AliyunHost is where Alibaba Cloud's Short Message Service listens.
const AliyunHost = "https://dysmsapi.aliyuncs.com"

// Aliyun sends text messages by Alibaba Cloud's Short Message Service: the action
// SendSms, version 2017-05-25, signed with ACS3-HMAC-SHA256.
type Aliyun struct {
	Endpoint      string // AliyunHost, or that of another region
	KeyID, Secret string // AccessKey
	SignName      string // the approved signature, as 【…】 in the message
	Templates     SMSTemplates
	Client        *http.Client
	Now           func() time.Time
	// nonce gives a text that no other call has; nil draws one.
	nonce func() string
}

// Deliver sends m by its template.
func (a *Aliyun) Deliver(ctx context.Context, m Message) error {
	t, ok := a.Templates.of(m)
	if !ok {
		return refused(noTemplate)
	}
	params := map[string]string{}
	for _, name := range t.Params {
		params[name] = m.Args[name]
	}
	text, err := json.Marshal(params) // every value is a string: others are refused
	if err != nil {
		return err
	}
	q := url.Values{"PhoneNumbers": {aliyunNumber(m.To)}, "SignName": {a.SignName}, "TemplateCode": {t.Code},
		"TemplateParam": {string(text)}, "OutId": {m.ID}}
	req, err := a.request(ctx, "SendSms", "2017-05-25", q)
	if err != nil {
		return failed("setup")
	}
	status, body, err := exchange(ctx, a.Client, req)
	if err != nil {
		return err
	}
	var out struct{ Code string }
	if json.Unmarshal(body, &out) != nil || out.Code == "" {
		return failed(strconv.Itoa(status))
	}
	switch {
	case out.Code == "OK" && status == http.StatusOK:
		return nil
	case slices.Contains(aliyunFinal, out.Code):
		return refused(codeOnly(out.Code))
	}
	return failed(codeOnly(out.Code))
}

// aliyunFinal are the answers that no other try changes: the number is none, or
// cannot be reached from here.
var aliyunFinal = []string{"isv.MOBILE_NUMBER_ILLEGAL", "isv.PHONE_NUMBER_ILLEGAL", "MOBILE_NOT_ON_SERVICE",
	"isv.COUNTRY_RESTRICTED", "isv.NOT_SUPPORTED_COUNTRY"}

// aliyunNumber writes a number of mainland China without its country code, and
// every other one with it and without "+".
func aliyunNumber(e164 string) string {
	if n, ok := strings.CutPrefix(e164, "+86"); ok {
		return n
	}
	return strings.TrimPrefix(e164, "+")
}

// request makes a signed call whose parameters stand in the query.
func (a *Aliyun) request(ctx context.Context, action, version string, q url.Values) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.Endpoint+"/?"+acsQuery(q), nil)
	if err != nil {
		return nil, err
	}
	nonce := rand.Text
	if a.nonce != nil {
		nonce = a.nonce
	}
	none := sha256.Sum256(nil)
	headers := map[string]string{"host": req.URL.Host, "x-acs-action": action, "x-acs-version": version,
		"x-acs-date": a.Now().UTC().Format(time.RFC3339), "x-acs-signature-nonce": nonce(), "x-acs-content-sha256": hex.EncodeToString(none[:])}
	names := []string{"host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce", "x-acs-version"}
	canonical := "POST\n/\n" + req.URL.RawQuery + "\n"
	for _, name := range names {
		canonical += name + ":" + headers[name] + "\n"
		if name != "host" {
			req.Header.Set(name, headers[name])
		}
	}
	canonical += "\n" + strings.Join(names, ";") + "\n" + headers["x-acs-content-sha256"]
	sum := sha256.Sum256([]byte(canonical))
	signature := hexHMAC([]byte(a.Secret), "ACS3-HMAC-SHA256\n"+hex.EncodeToString(sum[:]))
	req.Header.Set("Authorization", "ACS3-HMAC-SHA256 Credential="+a.KeyID+",SignedHeaders="+strings.Join(names, ";")+",Signature="+signature)
	return req, nil
}

// acsQuery writes a query as the signature wants it: sorted, and escaped as
// RFC 3986 says, a space as %20.
func acsQuery(q url.Values) string { return strings.ReplaceAll(q.Encode(), "+", "%20") }

func hexHMAC(key []byte, text string) string { return hex.EncodeToString(sumHMAC(key, text)) }

func sumHMAC(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

// codeOnly keeps a provider's code and nothing else that it may hold.
func codeOnly(s string) string {
	keep := func(r rune) rune {
		if r == '.' || r == '_' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}
	s = strings.Map(keep, s)
	return s[:min(len(s), 64)]
}
