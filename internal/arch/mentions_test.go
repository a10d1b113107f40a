package arch

import (
	"regexp"
	"strings"
	"testing"
)

// What is true only of the machine that a change was made on does not belong
// here: where its folders were, and which hosts its package clients asked. The
// names are put together from parts, so that this file does not hold them.
var places = []*regexp.Regexp{
	regexp.MustCompile(`(^|[^\w.])/wo` + `rk/`),
	regexp.MustCompile(`(^|[^\w.])/ro` + `ot/`),
	regexp.MustCompile(`\.\./sha` + `red\b`),
	regexp.MustCompile(`/tm` + `p/plan\b`),
	regexp.MustCompile(`\b(` + strings.Join([]string{
		`proxy\.go` + `lang\.org`, `sum\.go` + `lang\.org`, `py` + `pi\.org`, `python` + `hosted\.org`, `static\.cra` + `tes\.io`,
		`index\.cra` + `tes\.io`, `registry\.np` + `mjs\.org`, `repo1?\.ma` + `ven\.(apache\.)?org`, `deb\.deb` + `ian\.org`,
	}, "|") + `)\b`),
}

func TestNothingNamesTheMachineItWasMadeOn(t *testing.T) {
	err := textFiles(func(path string, text []byte) error {
		number := 0
		for line := range strings.Lines(string(text)) {
			number++
			for _, place := range places {
				if found := place.FindString(line); found != "" {
					t.Errorf("%s:%d names %q", path, number, strings.TrimSpace(found))
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
