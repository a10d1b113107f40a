package walks

import (
	"context"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/web/webtest"
)

// sales is a data holder as companies have one.
type sales struct{ cabinet }

func (*sales) Describe() holder.Description {
	return holder.Description{Name: "crm", Kind: "sqldb", Title: map[string]string{"zh-CN": "客户关系管理（CRM）", "en": "Customer relations (CRM)"},
		Items: []holder.Described{{Name: "contacts", Action: holder.Delete},
			{Name: "invoices", Action: holder.Keep, Period: "P10Y", Basis: "tax", BasisText: map[string]string{"zh-CN": "《会计档案管理办法》", "en": "Accounting archives"}}}}
}

func (*sales) Erase(context.Context, holder.Task) (holder.Receipt, error) {
	return holder.Receipt{Items: []holder.Item{{Name: "contacts", Action: holder.Delete, Count: 128}}}, nil
}

// pictureCloseAtOnce walks through a closure under DingTalk's rules.
func pictureCloseAtOnce(t *testing.T, album *webtest.Album, look webtest.Look) {
	s := open(t, withHolder(t, &sales{}))
	a, who := s.actor(look.Lang)
	o := s.Organisation(org.Ordinary, a)
	w := s.window(t, look)
	w.Go("/close-account").Picture(album, "close-way")
	signIn(w, who).Go("/settings/close-account").Picture(album, "close-know")
	w.Go("/settings/close-account/conditions?policy=dingtalk").Picture(album, "close-conditions")
	s.Must(s.App.Access.RemoveMember(t.Context(), app.Actor(), o.ID, a.ID, s.inPage(a.ID)))
	w.Go("/settings/close-account/conditions?policy=dingtalk").Press(word(w, "下一步：验证身份", "Next: prove who you are"))
	w.At("/settings/close-account/confirm").Picture(album, "close-confirm")
	closes(w)
	w.At("/closure-status").Go("/closure-status").Picture(album, "close-once-erasing")
	s.finished(s.closureOf(a.ID, closure.Erasing))
	w.Go("/closure-status/certificate?verify=yes").Sees(word(w, "凭证真实", "genuine")).Picture(album, "close-certificate")
}

// pictureCloseInDays walks through a closure under WeCom's.
func pictureCloseInDays(t *testing.T, album *webtest.Album, look webtest.Look) {
	s := open(t, withHolder(t, &sales{}))
	a, who := s.actor(look.Lang)
	w := signIn(s.window(t, look), who)
	w.Go("/settings/close-account/conditions?policy=wecom").Press(word(w, "下一步：验证身份", "Next: prove who you are"))
	w.At("/settings/close-account/confirm").Picture(album, "close-days-apply")
	w.Type("word", word(w, "注销", "CLOSE")).Type("password", apptest.Password).Press(word(w, "确认注销", "Close my account"))
	w.At("/closure-status").Go("/closure-status").Picture(album, "close-days-review")
	c := s.closureOf(a.ID, closure.InReview)
	_, err := s.App.Closures.Approve(t.Context(), app.Actor(), c)
	s.Must(err)
	s.Clock.Advance(3*24*time.Hour + 5*time.Hour)
	w.Go("/closure-status").Picture(album, "close-days-cooling")
	w.Press(word(w, "撤销注销", "Withdraw the closure")).At("/closure-status/withdraw").Picture(album, "close-days-withdraw")
	s.Clock.Advance(12 * 24 * time.Hour)
	s.Must(s.App.Closures.Step(t.Context(), c))
	s.finished(c)
	w.Go("/closure-status").Sees(word(w, "账号已注销", "Your account is closed")).Picture(album, "close-days-erased")
}
