package api

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/closure"
)

// reviewList gives the queue of reviews, the most urgent first, so that overdue
// ones stand at the top.
func (f *face) reviewList() {
	register(f, operation{
		ID: "list-reviews", Method: http.MethodGet, Path: "/v1/reviews", Tag: tagReviews, Access: role(staff()...),
		Problems: map[int][]string{http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct{ Page }) (*answer[list[reviewView]], error) {
		place, err := in.after()
		if err != nil {
			return nil, err
		}
		after, err := turnOf(place)
		if err != nil {
			return nil, err
		}
		queue, err := f.Closures.Reviews(ctx, after, in.more())
		if err != nil {
			return nil, err
		}
		return pageOf(in.Page, queue, placeOf, shapeReview(ctx, f.Now())), nil
	})
}

// placeOf writes a turn for a cursor; turnOf reads it.
func placeOf(w closure.Waiting) string {
	return strconv.FormatInt(w.ReviewDueAt.UnixMicro(), 10) + " " + w.ID
}

func turnOf(place string) (closure.Turn, error) {
	if place == "" {
		return closure.Turn{}, nil
	}
	due, id, ok := strings.Cut(place, " ")
	us, err := strconv.ParseInt(due, 10, 64)
	if !ok || err != nil {
		return closure.Turn{}, badCursor()
	}
	return closure.Turn{DueAt: time.UnixMicro(us), ID: id}, nil
}
