package policy

import (
	"time"

	"github.com/signoff-id/signoff/internal/workday"
)

// Due gives the moment from which a review is overdue, for a request made at
// requested. Faults: those of workday.Calendar.Deadline.
func (r Review) Due(calendar *workday.Calendar, requested time.Time) (time.Time, error) {
	return calendar.Deadline(r.Country, requested, r.MaxWorkingDays)
}

// End gives the moment at which the cooling-off is over; from is the moment
// that From names. An approval later than the end does not prolong it.
func (c CoolingOff) End(from time.Time) time.Time {
	return from.Add(time.Duration(c.Days) * 24 * time.Hour).UTC()
}

// Due gives the first moment that is too late for an erasure that starts at
// from. Calendar days and months end at the very time of day at which they
// began, which is never later than the law's end of the day. A month that has
// no such day ends with its last day (Regulation (EEC) 1182/71, article 3(2);
// Civil Code of China, article 202). Faults: those of workday.Calendar.Deadline.
func (d Deadline) Due(calendar *workday.Calendar, from time.Time) (time.Time, error) {
	from = from.UTC()
	switch {
	case d.WorkingDays > 0:
		return calendar.Deadline(d.Country, from, d.WorkingDays)
	case d.Months > 0:
		return addMonths(from, d.Months), nil
	default:
		return from.AddDate(0, 0, d.CalendarDays), nil
	}
}

func addMonths(t time.Time, months int) time.Time {
	end := t.AddDate(0, months, 0)
	if end.Day() != t.Day() { // 31 January + 1 month ran into March
		end = end.AddDate(0, 0, -end.Day())
	}
	return end
}
