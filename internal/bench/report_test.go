package main

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"
)

func TestReportIsReadByPeopleAndPrograms(t *testing.T) {
	r := Report{Machine: Machine{Cores: 2, System: "linux/amd64", Go: "go1", Fsync: 0.0005, Seconds: 90},
		Results: []Result{{Engine: "sqlite", Figure: "check", What: "a check", Floor: "a select", Note: "a note",
			Ratio: Spread{1.5, 1.25, 12.34}, Seconds: Spread{Median: 0.000030}, FloorSeconds: Spread{Median: 0.000020}, Rounds: 7}}}
	var table, text bytes.Buffer
	if err := r.writeTable(&table); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"sqlite", "a check", "1.50×", "1.25×–12.3×", "30 µs", "33,330/s", "20 µs", "to a select", "a note", "2 cores", "500 µs", "1m30s"} {
		if !strings.Contains(table.String(), want) {
			t.Errorf("the table lacks %q:\n%s", want, &table)
		}
	}
	if err := r.writeJSON(&text); err != nil {
		t.Fatal(err)
	}
	var back Report
	if err := json.Unmarshal(text.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	if back.Machine != r.Machine || len(back.Results) != 1 || back.Results[0] != r.Results[0] {
		t.Errorf("came back as %+v", back)
	}
}

func TestOptions(t *testing.T) {
	o, err := parse([]string{"-quick", "-only", "check,due", "-engine", "sqlite"}, io.Discard)
	if err != nil || !o.quick || strings.Join(o.only, " ") != "check due" || strings.Join(o.engines, " ") != "sqlite" {
		t.Errorf("got %+v, %v", o, err)
	}
	if o, err = parse(nil, io.Discard); err != nil || len(o.only) != len(figures) || len(o.engines) != 2 {
		t.Errorf("without flags: %+v, %v", o, err)
	}
	for _, args := range [][]string{{"-only", "nothing"}, {"-engine", "sqlite,oracle"}, {"-loud"}} {
		if _, err := parse(args, io.Discard); err == nil {
			t.Errorf("%v was taken", args)
		}
	}
}
