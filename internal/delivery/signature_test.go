package delivery

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

// The worked example of Alibaba Cloud's signature V3 (help.aliyun.com, "V3
// request and signature").
func TestAliyunsPublishedSignature(t *testing.T) {
	a := &Aliyun{Endpoint: "https://ecs.cn-shanghai.aliyuncs.com", KeyID: "YourAccessKeyId", Secret: "YourAccessKeySecret",
		Now:   func() time.Time { return time.Date(2023, 10, 26, 10, 22, 32, 0, time.UTC) },
		nonce: func() string { return "3156853299f313e23d1673dc12e1703d" }}
	req, err := a.request(t.Context(), "RunInstances", "2014-05-26", url.Values{
		"ImageId": {"win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"}, "RegionId": {"cn-shanghai"}})
	if err != nil {
		t.Fatal(err)
	}
	const want = "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;" +
		"x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
	if got := req.Header.Get("Authorization"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// The worked examples of Tencent Cloud's signature v3 (cloud.tencent.com, "签名方法
// v3"), which differ in the secret.
func TestTencentsPublishedSignatures(t *testing.T) {
	body := `{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`
	for key, want := range map[string]string{
		"Gu5t9xGARNpq86cd98joQYCN3EXAMPLE": "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168",
		"Gu5t9xGARNpq86cd98joQYCN3*******": "2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c",
	} {
		got := tc3("AKIDEXAMPLE", key, "cvm.tencentcloudapi.com", "cvm", time.Unix(1551113065, 0).UTC(), []byte(body))
		if got != "TC3-HMAC-SHA256 Credential=AKIDEXAMPLE/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature="+want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// The example of the Standard Webhooks specification, and that of docs/sms-hook.md.
func TestTheHooksSignature(t *testing.T) {
	for _, c := range []struct{ secret, id, at, body, want string }{
		{"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", `{"test": 2432232314}`,
			"v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="},
		{"whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", "01900000-0000-7000-8000-000000000000", "1772413200", documented,
			"v1,SDWiY76WUlCGAlhs7o5MlpKOHY4beDkV3mDhqOyB9vo="},
	} {
		secret, ok := HookSecret(c.secret)
		if got := webhookSignature(secret, c.id, c.at, []byte(c.body)); !ok || got != c.want {
			t.Errorf("%s: got %s, want %s", c.id, got, c.want)
		}
	}
	for _, bad := range []string{"", "whsec_", "whsec_c2hvcnQ=", "not base64 at all!", strings.Repeat("=", 40)} {
		if _, ok := HookSecret(bad); ok {
			t.Errorf("%q is a secret", bad)
		}
	}
}

// documented is the body that docs/sms-hook.md shows.
const documented = `{"type":"sms.send","timestamp":"2026-03-02T01:00:00Z","data":{"id":"01900000-0000-7000-8000-000000000000",` +
	`"to":"+8613800138000","text":"Your code is 123456, valid for 10 minutes. Tell it to nobody.","kind":"one_time_code","locale":"en",` +
	`"args":{"code":"123456","minutes":"10","purpose":"proof"}}}`
