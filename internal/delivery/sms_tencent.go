package delivery

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// TencentHost is where Tencent Cloud SMS listens.
const TencentHost = "https://sms.tencentcloudapi.com"

// Tencent sends text messages by Tencent Cloud SMS: the action SendSms, version
// 2021-01-11, signed with TC3-HMAC-SHA256.
type Tencent struct {
	Endpoint  string // TencentHost, or another
	Region    string // as ap-guangzhou
	SecretID  string
	SecretKey string
	AppID     string // SmsSdkAppId
	SignName  string
	Templates SMSTemplates
	Client    *http.Client
	Now       func() time.Time
}

type tencentOrder struct {
	PhoneNumberSet   []string
	SmsSdkAppId      string
	SignName         string
	TemplateId       string
	TemplateParamSet []string
	SessionContext   string
}

// Deliver sends m by its template.
func (t *Tencent) Deliver(ctx context.Context, m Message) error {
	template, ok := t.Templates.of(m)
	if !ok {
		return refused(noTemplate)
	}
	order := tencentOrder{PhoneNumberSet: []string{m.To}, SmsSdkAppId: t.AppID, SignName: t.SignName, TemplateId: template.Code,
		TemplateParamSet: []string{}, SessionContext: m.ID}
	for _, name := range template.Params {
		order.TemplateParamSet = append(order.TemplateParamSet, m.Args[name])
	}
	body, err := json.Marshal(order)
	if err != nil {
		return err
	}
	req, err := t.request(ctx, "SendSms", "2021-01-11", body)
	if err != nil {
		return failed("setup")
	}
	status, answer, err := exchange(ctx, t.Client, req)
	if err != nil {
		return err
	}
	return tencentOutcome(status, answer)
}

func tencentOutcome(status int, answer []byte) error {
	var out struct {
		Response struct {
			Error         struct{ Code string }
			SendStatusSet []struct{ Code string }
		}
	}
	if json.Unmarshal(answer, &out) != nil {
		return failed(strconv.Itoa(status))
	}
	code := out.Response.Error.Code
	if code == "" && len(out.Response.SendStatusSet) == 1 {
		code = out.Response.SendStatusSet[0].Code
	}
	switch {
	case code == "Ok" && status == http.StatusOK:
		return nil
	case code == "":
		return failed(strconv.Itoa(status))
	case slices.Contains(tencentFinal, code):
		return refused(codeOnly(code))
	}
	return failed(codeOnly(code))
}

// tencentFinal are the answers that no other try changes.
var tencentFinal = []string{"InvalidParameterValue.IncorrectPhoneNumber", "FailedOperation.PhoneNumberInBlacklist",
	"FailedOperation.PhoneNumberParseFail", "UnsupportedOperation.UnsupportedRegion"}

// request makes a signed call with a JSON body.
func (t *Tencent) request(ctx context.Context, action, version string, body []byte) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, t.Endpoint+"/", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	now := t.Now().UTC()
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header.Set("X-TC-Action", action)
	req.Header.Set("X-TC-Version", version)
	req.Header.Set("X-TC-Region", t.Region)
	req.Header.Set("X-TC-Timestamp", strconv.FormatInt(now.Unix(), 10))
	req.Header.Set("Authorization", tc3(t.SecretID, t.SecretKey, req.URL.Host, "sms", now, body))
	return req, nil
}

// tc3 gives the Authorization header of a POST to "/" (TC3-HMAC-SHA256).
func tc3(id, key, host, service string, now time.Time, body []byte) string {
	payload := sha256.Sum256(body)
	const signed = "content-type;host"
	canonical := "POST\n/\n\ncontent-type:application/json; charset=utf-8\nhost:" + host + "\n\n" + signed + "\n" + hex.EncodeToString(payload[:])
	date := now.Format(time.DateOnly)
	scope := date + "/" + service + "/tc3_request"
	sum := sha256.Sum256([]byte(canonical))
	text := "TC3-HMAC-SHA256\n" + strconv.FormatInt(now.Unix(), 10) + "\n" + scope + "\n" + hex.EncodeToString(sum[:])
	derived := sumHMAC(sumHMAC(sumHMAC([]byte("TC3"+key), date), service), "tc3_request")
	return "TC3-HMAC-SHA256 Credential=" + id + "/" + scope + ", SignedHeaders=" + signed + ", Signature=" + hexHMAC(derived, text)
}
