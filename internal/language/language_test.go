package language_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/signoff-id/signoff/internal/language"
)

func TestOf(t *testing.T) {
	for tag, want := range map[string]string{
		"zh-CN": "zh-CN", "zh": "zh-CN", "ZH-hk": "zh-CN", "zh_TW.UTF-8": "zh-CN", "en_GB@euro": "en", "EN": "en", "": "", "C.UTF-8": "", "english": "", "de": "",
	} {
		if got := language.Of(tag); got != want {
			t.Errorf("Of(%q) = %q, want %q", tag, got, want)
		}
	}
	if language.OrEnglish("de") != language.English || language.OrEnglish("zh") != language.Chinese {
		t.Error("who reads none of the languages reads English, and nobody else")
	}
}

func TestEachIsForAll(t *testing.T) {
	got := slices.Sorted(maps.Keys(language.Each(1, 2)))
	if want := slices.Sorted(slices.Values(language.All())); !slices.Equal(got, want) {
		t.Errorf("Each takes %v, All() are %v: give Each a parameter for every language", got, want)
	}
}
