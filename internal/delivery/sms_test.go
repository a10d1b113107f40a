package delivery_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/delivery"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/signal"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func atNoon() time.Time { return noon }

var code = delivery.Notice{ID: "0195-id", Kind: signal.OneTimeCode, Locale: "zh-CN", Channel: signal.SMS, Address: "+8613800138000",
	Args: map[string]string{"code": "012345", "minutes": "10", "purpose": "proof"}}

// provider is a server that answers as it is told and keeps the last call.
type provider struct {
	*httptest.Server
	status int
	answer string
	calls  int
	header http.Header
	url    string
	host   string
	body   []byte
}

func newProvider(t *testing.T) *provider {
	t.Helper()
	p := &provider{status: http.StatusOK}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.calls++
		p.header, p.url, p.host = r.Header.Clone(), r.RequestURI, r.Host
		p.body, _ = io.ReadAll(r.Body)
		if p.status == http.StatusFound {
			w.Header().Set("Location", "/elsewhere")
		}
		w.WriteHeader(p.status)
		fmt.Fprint(w, p.answer)
	}))
	t.Cleanup(p.Close)
	return p
}

// outcome says how a sending ended: "", "final" or "again".
func outcome(t *testing.T, err error) string {
	t.Helper()
	switch {
	case err == nil:
		return ""
	case delivery.Permanent(err):
		return "final"
	case fault.Is(err, "notice_failed"):
		return "again"
	}
	t.Errorf("unexpected: %v", err)
	return ""
}

func send(t *testing.T, transport delivery.Transport, n delivery.Notice) error {
	t.Helper()
	s := sender(t, nil)
	s.SMS = transport
	err := s.Send(t.Context(), n)
	if err != nil && (strings.Contains(err.Error(), "013800") || strings.Contains(err.Error(), "012345")) {
		t.Errorf("the error names the number or the code: %v", err)
	}
	return err
}

func TestTextMessagesGoToTheHook(t *testing.T) {
	p := newProvider(t)
	secret := []byte("0123456789abcdef0123456789abcdef")
	h := &delivery.Hook{URL: p.URL + "/send", Secret: secret, Client: delivery.Outbound(), Now: atNoon}
	for status, want := range map[int]string{200: "", 202: "", 204: "", 302: "again", 401: "again", 404: "again", 422: "final", 429: "again", 500: "again", 503: "again"} {
		p.status, p.calls = status, 0
		if got := outcome(t, send(t, h, code)); got != want || p.calls != 1 {
			t.Errorf("%d: %q after %d calls, want %q after one", status, got, p.calls, want)
		}
	}
	mac := hmac.New(sha256.New, secret)
	fmt.Fprintf(mac, "%s.%s.%s", p.header.Get("Webhook-Id"), p.header.Get("Webhook-Timestamp"), p.body)
	if got, want := p.header.Get("Webhook-Signature"), "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)); got != want {
		t.Errorf("signature %s, want %s", got, want)
	}
	if p.header.Get("Webhook-Id") != code.ID || p.header.Get("Webhook-Timestamp") != fmt.Sprint(noon.Unix()) {
		t.Errorf("headers %v", p.header)
	}
	var body struct {
		Type string
		Data struct {
			ID, To, Text, Kind, Locale string
			Args                       map[string]string
		}
	}
	if err := json.Unmarshal(p.body, &body); err != nil || body.Type != "sms.send" || body.Data.ID != code.ID || body.Data.To != code.Address ||
		body.Data.Text != "您的验证码是 012345，10 分钟内有效，请勿告诉任何人。" || body.Data.Args["code"] != "012345" || body.Data.Locale != "zh-CN" {
		t.Errorf("body %s, %v", p.body, err)
	}
	p.Close()
	if got := outcome(t, send(t, h, code)); got != "again" {
		t.Errorf("nobody there: %q", got)
	}
}

func TestWithoutTextMessagesTheNoticeEnds(t *testing.T) {
	if err := send(t, nil, code); !fault.Is(err, "sms_off") || !delivery.Permanent(err) {
		t.Errorf("got %v", err)
	}
}

var templates = delivery.SMSTemplates{
	{Kind: signal.OneTimeCode, Code: "SMS_1", Params: []string{"code", "minutes"}},
	{Kind: signal.OneTimeCode, Locale: "en", Code: "SMS_2", Params: []string{"code"}},
}

// acs3 computes an ACS3-HMAC-SHA256 signature from the call as it came.
func (p *provider) acs3(secret string) string {
	_, signed, _ := strings.Cut(p.header.Get("Authorization"), "SignedHeaders=")
	signed, _, _ = strings.Cut(signed, ",")
	_, query, _ := strings.Cut(p.url, "?")
	canonical := "POST\n/\n" + query + "\n"
	for name := range strings.SplitSeq(signed, ";") {
		value := p.header.Get(name)
		if name == "host" {
			value = p.host
		}
		canonical += name + ":" + value + "\n"
	}
	sum := sha256.Sum256(p.body)
	canonical += "\n" + signed + "\n" + hex.EncodeToString(sum[:])
	sum = sha256.Sum256([]byte(canonical))
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("ACS3-HMAC-SHA256\n" + hex.EncodeToString(sum[:])))
	return hex.EncodeToString(mac.Sum(nil))
}

func TestTextMessagesGoToAliyun(t *testing.T) {
	p := newProvider(t)
	a := &delivery.Aliyun{Endpoint: p.URL, KeyID: "LTAI-key", Secret: "secret", SignName: "签收 Signoff", Templates: templates, Client: delivery.Outbound(), Now: atNoon}
	for _, c := range []struct {
		status int
		answer string
		want   string
	}{
		{200, `{"Message":"OK","RequestId":"r","BizId":"b","Code":"OK"}`, ""},
		{200, `{"Message":"触发分钟级流控Permits:1","RequestId":"r","Code":"isv.BUSINESS_LIMIT_CONTROL"}`, "again"},
		{200, `{"Message":"余额不足","RequestId":"r","Code":"isv.AMOUNT_NOT_ENOUGH"}`, "again"},
		{200, `{"Message":"13800138000 非法","RequestId":"r","Code":"isv.MOBILE_NUMBER_ILLEGAL"}`, "final"},
		{404, `{"Code":"InvalidAccessKeyId.NotFound","Message":"…","RequestId":"r","HostId":"h"}`, "again"},
		{503, `busy`, "again"},
		{200, `{}`, "again"},
		{500, `{"Code":"OK"}`, "again"},
		{302, ``, "again"},
	} {
		p.status, p.answer, p.calls = c.status, c.answer, 0
		if got := outcome(t, send(t, a, code)); got != c.want || p.calls != 1 {
			t.Errorf("%d %s: %q after %d calls, want %q", c.status, c.answer, got, p.calls, c.want)
		}
	}
	first := p.header.Get("X-Acs-Signature-Nonce")
	_ = send(t, a, code)
	if first == "" || p.header.Get("X-Acs-Signature-Nonce") == first {
		t.Error("the nonce is used twice")
	}
	if got, want := p.header.Get("Authorization"), "Signature="+p.acs3("secret"); !strings.HasSuffix(got, want) || !strings.Contains(got, "Credential=LTAI-key,") {
		t.Errorf("authorization %s, want %s", got, want)
	}
	if p.header.Get("X-Acs-Action") != "SendSms" || p.header.Get("X-Acs-Version") != "2017-05-25" || p.header.Get("X-Acs-Date") != "2026-03-02T12:00:00Z" {
		t.Errorf("headers %v", p.header)
	}
	for name, want := range map[string]string{"PhoneNumbers": "13800138000", "SignName": "签收 Signoff", "TemplateCode": "SMS_1",
		"TemplateParam": `{"code":"012345","minutes":"10"}`, "OutId": code.ID} {
		if got := p.asked(t, name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	abroad := code
	abroad.Address, abroad.Locale = "+442071838750", "en"
	_ = send(t, a, abroad)
	if p.asked(t, "PhoneNumbers") != "442071838750" || p.asked(t, "TemplateCode") != "SMS_2" {
		t.Errorf("abroad: %s", p.url)
	}
	without := code
	without.Kind, p.calls = signal.PasswordChanged, 0
	if got := outcome(t, send(t, a, without)); got != "final" || p.calls != 0 {
		t.Errorf("a kind without a template: %q after %d calls", got, p.calls)
	}
}

func (p *provider) asked(t *testing.T, name string) string {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, "http://x"+p.url, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r.URL.Query().Get(name)
}

// tc3 computes a TC3-HMAC-SHA256 signature from the call as it came.
func (p *provider) tc3(key string) string {
	sum := func(b []byte) string { h := sha256.Sum256(b); return hex.EncodeToString(h[:]) }
	mac := func(key []byte, text string) []byte {
		m := hmac.New(sha256.New, key)
		m.Write([]byte(text))
		return m.Sum(nil)
	}
	canonical := "POST\n/\n\ncontent-type:" + p.header.Get("Content-Type") + "\nhost:" + p.host + "\n\ncontent-type;host\n" + sum(p.body)
	text := "TC3-HMAC-SHA256\n" + p.header.Get("X-Tc-Timestamp") + "\n2026-03-02/sms/tc3_request\n" + sum([]byte(canonical))
	k := []byte("TC3" + key)
	for _, part := range []string{"2026-03-02", "sms", "tc3_request"} {
		k = mac(k, part)
	}
	return hex.EncodeToString(mac(k, text))
}

func TestTextMessagesGoToTencent(t *testing.T) {
	p := newProvider(t)
	c := &delivery.Tencent{Endpoint: p.URL, Region: "ap-guangzhou", SecretID: "AKID-id", SecretKey: "secret", AppID: "1400006666", SignName: "签收",
		Templates: templates, Client: delivery.Outbound(), Now: atNoon}
	status := func(code string) string {
		return `{"Response":{"SendStatusSet":[{"SerialNo":"s","PhoneNumber":"+8613800138000","Fee":1,"SessionContext":"","Code":"` + code +
			`","Message":"m","IsoCode":"CN"}],"RequestId":"r"}}`
	}
	failure := func(code string) string {
		return `{"Response":{"Error":{"Code":"` + code + `","Message":"+8613800138000"},"RequestId":"r"}}`
	}
	for answer, want := range map[string]string{
		status("Ok"): "",
		status("LimitExceeded.PhoneNumberThirtySecondLimit"):      "again",
		status("FailedOperation.InsufficientBalanceInSmsPackage"): "again",
		status("InvalidParameterValue.IncorrectPhoneNumber"):      "final",
		status("FailedOperation.PhoneNumberInBlacklist"):          "final",
		failure("AuthFailure.SignatureFailure"):                   "again",
		failure("RequestLimitExceeded"):                           "again",
		failure("InvalidParameterValue.IncorrectPhoneNumber"):     "final",
		`{"Response":{}}`: "again",
		`gateway timeout`: "again",
	} {
		p.answer, p.calls = answer, 0
		if got := outcome(t, send(t, c, code)); got != want || p.calls != 1 {
			t.Errorf("%s: %q after %d calls, want %q", answer, got, p.calls, want)
		}
	}
	if got, want := p.header.Get("Authorization"), "TC3-HMAC-SHA256 Credential=AKID-id/2026-03-02/sms/tc3_request, SignedHeaders=content-type;host, Signature="+p.tc3("secret"); got != want {
		t.Errorf("authorization %s, want %s", got, want)
	}
	for name, want := range map[string]string{"X-Tc-Action": "SendSms", "X-Tc-Version": "2021-01-11", "X-Tc-Region": "ap-guangzhou", "X-Tc-Timestamp": fmt.Sprint(noon.Unix())} {
		if got := p.header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	var order struct {
		PhoneNumberSet, TemplateParamSet                  []string
		SmsSdkAppId, SignName, TemplateId, SessionContext string
	}
	if err := json.Unmarshal(p.body, &order); err != nil || !slices.Equal(order.PhoneNumberSet, []string{code.Address}) || order.SmsSdkAppId != "1400006666" ||
		order.SignName != "签收" || order.TemplateId != "SMS_1" || !slices.Equal(order.TemplateParamSet, []string{"012345", "10"}) || order.SessionContext != code.ID {
		t.Errorf("order %s, %v", p.body, err)
	}
}

// An answer that never ends does not fill the memory.
func TestEndlessAnswersAreCutOff(t *testing.T) {
	p := newProvider(t)
	p.answer = strings.Repeat(" ", 10<<20) + `{"Code":"OK"}`
	a := &delivery.Aliyun{Endpoint: p.URL, Templates: templates, Client: delivery.Outbound(), Now: atNoon}
	if got := outcome(t, send(t, a, code)); got != "again" {
		t.Errorf("got %q", got)
	}
}
