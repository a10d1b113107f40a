package workday_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/workday"
)

func TestParseYearReadsAnUpload(t *testing.T) {
	y, err := workday.ParseYear([]byte("country: cn\nyear: 2027\nsource: 国办发明电\nholidays: [2027-01-01]\nworkdays:\n  - 2027-01-02 # Saturday\n"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(y)
	want := `{"Country":"cn","Year":2027,"Holidays":["2027-01-01"],"Workdays":["2027-01-02"],"Source":"国办发明电"}`
	if err != nil || string(got) != want {
		t.Errorf("%s, %v, want %s", got, err, want)
	}
	var back workday.Year
	if err := json.Unmarshal(got, &back); err != nil || back.Holidays[0] != y.Holidays[0] {
		t.Errorf("%v, %v", back, err)
	}
}

func TestParseYearRefusesWithLineAndReason(t *testing.T) {
	const head = "country: cn\nyear: 2027\nsource: s\n"
	for name, c := range map[string]struct{ src, at, code string }{
		"unknown field":     {head + "holidays: [2027-01-01]\nholiday: []\n", "line 5, column 1", "calendar_field_unknown"},
		"no holidays":       {head, "line 1, column 1", "calendar_field_missing"},
		"holidays empty":    {head + "holidays: []\n", "line 4, column 11", "calendar_dates_expected"},
		"not a list":        {head + "holidays: 2027-01-01\n", "line 4, column 11", "calendar_dates_expected"},
		"another year":      {head + "holidays:\n  - 2027-01-01\n  - 2026-12-31\n", "line 6, column 5", "calendar_date_outside_year"},
		"twice":             {head + "holidays:\n  - 2027-01-01\n  - 2027-01-01\n", "line 6, column 5", "calendar_date_twice"},
		"off and worked":    {head + "holidays: [2027-01-02]\nworkdays: [2027-01-02]\n", "line 5, column 12", "calendar_date_twice"},
		"no such day":       {head + "holidays: [2027-02-29]\n", "line 4, column 12", "calendar_date_invalid"},
		"not a date":        {head + "holidays: [1 January]\n", "line 4, column 12", "calendar_date_invalid"},
		"number":            {head + "holidays: [20270101]\n", "line 4, column 12", "calendar_date_invalid"},
		"worked weekday":    {head + "holidays: [2027-01-01]\nworkdays: [2027-01-04]\n", "line 5, column 12", "calendar_workday_not_weekend"},
		"unknown country":   {"country: xx\nyear: 2027\nsource: s\nholidays: [2027-01-01]\n", "line 1, column 10", "calendar_country_unknown"},
		"year as text":      {"country: cn\nyear: '2027'\nsource: s\nholidays: [2027-01-01]\n", "line 2, column 7", "calendar_year_invalid"},
		"year far off":      {"country: cn\nyear: 20270\nsource: s\nholidays: [2027-01-01]\n", "line 2, column 7", "calendar_year_invalid"},
		"empty source":      {"country: cn\nyear: 2027\nsource: ' '\nholidays: [2027-01-01]\n", "line 3, column 9", "calendar_text_expected"},
		"source as number":  {"country: cn\nyear: 2027\nsource: 7\nholidays: [2027-01-01]\n", "line 3, column 9", "calendar_text_expected"},
		"not a mapping":     {"- a\n", "line 1, column 1", "calendar_not_a_mapping"},
		"not YAML":          {"a: [\n", "line 1, column 4", "yaml_syntax"},
		"a field twice":     {head + "year: 2027\nholidays: [2027-01-01]\n", "line 4, column 1", "yaml_key_twice"},
		"nothing in a list": {head + "holidays:\n  -\n", "line 5, column 5", "calendar_date_invalid"},
	} {
		_, err := workday.ParseYear([]byte(c.src))
		e := fault.Of(err)
		if e.Kind != fault.Invalid || e.Code != "calendar_invalid" || len(e.Fields) != 1 || e.Fields[0].Path != c.at || e.Fields[0].Code != c.code {
			t.Errorf("%s: %v, want %s at %s", name, err, c.code, c.at)
		}
	}
}

func TestParseYearNamesEveryWrongPlace(t *testing.T) {
	_, err := workday.ParseYear([]byte("country: xx\nyear: 2027\nfoo: 1\nholidays: [2026-01-01, x]\n"))
	if n := len(fault.Of(err).Fields); n != 5 {
		t.Errorf("%d places, want 5: %v", n, err)
	}
}

func FuzzParseYear(f *testing.F) {
	f.Add([]byte("country: cn\nyear: 2027\nsource: s\nholidays: [2027-01-01]\nworkdays: [2027-01-02]\n"))
	f.Add([]byte("country: 1\nyear: x\nholidays:\n  - [a]\n  - {b: c}\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		y, err := workday.ParseYear(src)
		if err != nil {
			if e := fault.Of(err); e.Code != "calendar_invalid" || len(e.Fields) == 0 {
				t.Fatalf("a refusal without a place: %v", err)
			}
			return
		}
		if _, err := new(workday.Calendar).With(y).IsWorkday("cn", time.Date(y.Year, 1, 2, 0, 0, 0, 0, time.UTC)); err != nil {
			t.Fatal(err)
		}
	})
}
