package api

import (
	"context"
	"net/http"
)

// preferenceList says on which channels the caller is told of which kind.
func (f *face) preferenceList() {
	register(f, operation{
		ID: "list-notice-preferences", Method: http.MethodGet, Path: "/v1/account/notice-preferences", Tag: tagAccount, Access: everyAccount(),
	}, func(ctx context.Context, _ *none) (*answer[list[noticePreference]], error) {
		all, err := f.Inbox.Preferences(ctx, principalOf(ctx).Account())
		if err != nil {
			return nil, err
		}
		return &answer[list[noticePreference]]{Body: list[noticePreference]{Items: each(all, shapePreference)}}, nil
	})
}
