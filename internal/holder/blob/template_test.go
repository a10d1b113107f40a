package blob_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/holder/blob"
)

func TestSettingsAreChecked(t *testing.T) {
	for _, prefix := range []string{
		"", "/", "people/", "people/{account}", "/people/{account}/", "people/{acount}/", "people/{account}{email}/",
		"people/{account}-{email}/", "people/{/", "people/}/{account}/", "a//{account}/", "../{account}/", "a../{account}/", "./{account}/", "a\\{account}/",
		"a%2F{account}/", "a\x00/{account}/", "{account}/..",
	} {
		if _, err := blob.Open(blob.Config{Name: "d", Bucket: "mem://", Prefix: prefix}); err == nil || fault.Of(err).Fields[0].Code != "holder_prefix_invalid" {
			t.Errorf("prefix %q: %v", prefix, err)
		}
	}
	for _, bucket := range []string{"", "documents", "s3://documents", "file:", "file://", "file:///a?metadata=skip", "file://host/a", "mem://x", "://", "file://u:p@/a"} {
		if _, err := blob.Open(blob.Config{Name: "d", Bucket: bucket, Prefix: "{account}/"}); err == nil || fault.Of(err).Fields[0].Code != "holder_bucket_invalid" {
			t.Errorf("bucket %q: %v", bucket, err)
		}
	}
	for _, bucket := range []string{"file:a", "file:a/b%20c", "file:///a", "file://localhost/a", "file://./a", "mem://"} {
		if h, err := blob.Open(blob.Config{Name: "d", Bucket: bucket, Prefix: "x/{mobile}/y-{email}.d/"}); err != nil {
			t.Errorf("bucket %q: %v", bucket, err)
		} else if err := h.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A name that looks like another one's escape is not that one.
func TestEscapesAreNotNames(t *testing.T) {
	bucket, h := inMemory(t, "people/{username}/")
	defer h.Close()
	write(t, bucket, "people/a%2Fb/x", "of a/b")
	for _, c := range []struct {
		name string
		want int64
	}{{"a%2Fb", 0}, {"a/b", 1}} {
		items, err := h.Count(t.Context(), holder.Subject{Account: "x", Identifiers: map[string][]string{holder.ByUsername: {c.name}}})
		if err != nil || items[0].Count != c.want {
			t.Errorf("%s has %+v, %v", c.name, items, err)
		}
	}
}

// Whatever somebody calls themselves, only their own folder is emptied: next to
// it lie the folders that a careless path would lead to.
func TestNoNameReachesOthers(t *testing.T) {
	awkward := rapid.OneOf(
		rapid.StringOfN(rapid.RuneFrom([]rune("ab./\\%2FE{}*?~\n 张")), 0, 8, -1),
		rapid.SampledFrom([]string{"..", "../b", "b/../..", "a/b", "a%2Fb", "%2e%2e", "..\\b", "b..", "/", "//", ".", "a/", "{account}", "张伟"}),
	)
	rapid.Check(t, func(rt *rapid.T) {
		name, other := awkward.Draw(rt, "name"), awkward.Draw(rt, "other")
		bucket, h := inMemory(t, "people/{username}/")
		defer h.Close()
		keys := []string{"secret.txt", "people/list.txt", "b/secret.txt", "people/b/secret.txt", "people/a/b/c.txt", "people/张/x"}
		for _, key := range keys {
			write(t, bucket, key, "theirs")
		}
		who := func(name string) holder.Subject {
			return holder.Subject{Account: "x", Pseudonym: "p", Identifiers: map[string][]string{holder.ByUsername: {name}}}
		}
		_, err := h.Erase(t.Context(), task(who(name)))
		if err != nil && !fault.Is(err, "holder_value_unusable") && !fault.Is(err, "holder_subject_incomplete") {
			rt.Fatalf("%q: %v", name, err)
		}
		if err != nil && strings.Trim(name, "ab2FE{}*?~ 张") == "" && name != "" {
			rt.Fatalf("the harmless %q is refused: %v", name, err)
		}
		for _, key := range keys {
			mine := err == nil && strings.HasPrefix(key, "people/"+name+"/") && !strings.Contains(name, "/")
			if there, _ := bucket.Exists(t.Context(), key); there == mine {
				rt.Fatalf("erasing %q: %s there: %v", name, key, there)
			}
		}
		if name == other || err != nil {
			return
		}
		// Two names never share a folder.
		for _, key := range keys {
			write(t, bucket, key, "theirs")
		}
		mine, err := h.Count(t.Context(), who(other))
		if err != nil {
			return
		}
		if _, err := h.Erase(t.Context(), task(who(name))); err != nil {
			rt.Fatal(err)
		}
		after, err := h.Count(t.Context(), who(other))
		if err != nil || after[0].Count != mine[0].Count {
			rt.Fatalf("erasing %q took files of %q: %v → %v, %v", name, other, mine, after, err)
		}
	})
}
