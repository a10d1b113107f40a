package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/inbox"
)

// preferenceSet changes on which channels the caller is told of one kind.
func (f *face) preferenceSet() {
	register(f, operation{
		ID: "set-notice-preference", Method: http.MethodPut, Path: "/v1/account/notice-preferences/{kind}", Tag: tagAccount, Access: everyAccount(),
		Problems: map[int][]string{http.StatusNotFound: {"notice_kind_not_found"}, http.StatusConflict: {"notice_required"}},
	}, func(ctx context.Context, in *struct {
		Kind string `path:"kind" maxLength:"64"`
		Body noticeChoice
	}) (*answer[noticePreference], error) {
		p, err := f.Inbox.Prefer(ctx, asMember(ctx), principalOf(ctx).Account(), in.Kind, inbox.Choice(in.Body))
		if err != nil {
			return nil, err
		}
		return &answer[noticePreference]{Body: shapePreference(p)}, nil
	})
}
