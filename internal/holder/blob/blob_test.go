package blob_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	gocloud "gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"
	"gocloud.dev/blob/memblob"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/holder/blob"
	"github.com/signoff-id/signoff/internal/holder/holdertest"
)

// A few files fill several pages.
const (
	page    = 10
	several = 25
)

func write(t *testing.T, b *gocloud.Bucket, key, content string) {
	t.Helper()
	if err := b.WriteAll(t.Context(), key, []byte(content), nil); err != nil {
		t.Fatal(err)
	}
}

func fixture(b *gocloud.Bucket, h *blob.Holder, template string) *holdertest.Fixture {
	h.SetPage(page)
	plants := 0
	prefixes := func(s holder.Subject) []string {
		var all []string
		for _, kind := range holder.Keys() {
			if strings.Contains(template, "{"+kind+"}") {
				for _, v := range s.Key(kind) {
					all = append(all, strings.ReplaceAll(template, "{"+kind+"}", v))
				}
			}
		}
		return all
	}
	f := &holdertest.Fixture{Holder: h}
	f.Plant = func(t *testing.T, s holder.Subject) {
		plants++
		for _, p := range prefixes(s) {
			for i := range several {
				write(t, b, fmt.Sprintf("%s%d/notes-%02d.txt", p, plants, i), strings.Repeat("x", i%7))
			}
		}
	}
	f.Snapshot = func(t *testing.T) map[string]string {
		all := map[string]string{}
		for o, err := range list(t.Context(), b) {
			if err != nil {
				t.Fatal(err)
			}
			all[o.Key] = fmt.Sprintf("%d bytes", o.Size)
		}
		return all
	}
	// The process dies when it has saved a page's counts for the n-th time and
	// has deleted some of the page.
	f.Interrupt = func(t *testing.T, task *holder.Task) func() {
		keep, saves := task.Save, 0
		task.Save = func(ctx context.Context, progress []byte) error {
			if err := keep(ctx, progress); err != nil {
				return err
			}
			if saves++; saves < 2 {
				return nil
			}
			return errors.New("the process is gone")
		}
		return func() {
			deleted := 0
			for o, err := range list(t.Context(), b) {
				if err == nil && deleted < page/2 && strings.HasPrefix(o.Key, prefixes(task.Subject)[0]) {
					err = b.Delete(t.Context(), o.Key)
					deleted++
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			if deleted != page/2 {
				t.Fatalf("only %d files were left of the interrupted page", deleted)
			}
		}
	}
	return f
}

func list(ctx context.Context, b *gocloud.Bucket) func(func(*gocloud.ListObject, error) bool) {
	return func(yield func(*gocloud.ListObject, error) bool) {
		seq, end := b.List(nil).All(ctx)
		for o := range seq {
			if !yield(o, nil) {
				return
			}
		}
		if err := end(); err != nil {
			yield(nil, err)
		}
	}
}

func inMemory(t *testing.T, template string) (*gocloud.Bucket, *blob.Holder) {
	t.Helper()
	b := memblob.OpenBucket(nil)
	h, err := blob.OpenIn(blob.Config{Name: "documents", Bucket: "mem://", Prefix: template}, b)
	if err != nil {
		t.Fatal(err)
	}
	return b, h
}

// onDisk gives a folder, the bucket through which an application writes to it
// (side files and all), and the holder.
func onDisk(t *testing.T, template string) (string, *gocloud.Bucket, *blob.Holder) {
	t.Helper()
	base := t.TempDir()
	dir := filepath.Join(base, "documents")
	b, err := fileblob.OpenBucket(dir, &fileblob.Options{CreateDir: true, NoTempDir: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	h, err := blob.Open(blob.Config{Name: "documents", Bucket: "file:documents", Prefix: template, BaseDir: base})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	return dir, b, h
}

func TestStandsWhatHoldersStand(t *testing.T) {
	for _, template := range []string{"people/{account}/", "mail/{email}/box/"} {
		t.Run("memory "+template, func(t *testing.T) {
			holdertest.Run(t, func(t *testing.T) *holdertest.Fixture {
				b, h := inMemory(t, template)
				return fixture(b, h, template)
			})
		})
		t.Run("folder "+template, func(t *testing.T) {
			holdertest.Run(t, func(t *testing.T) *holdertest.Fixture {
				_, b, h := onDisk(t, template)
				return fixture(b, h, template)
			})
		})
	}
}

func task(who holder.Subject) holder.Task {
	return holder.Task{Key: "k", Subject: who, At: holdertest.At()}
}

// entries lists every file and folder below dir, however it is called.
func entries(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if rel, _ := filepath.Rel(dir, path); rel != "." {
			all = append(all, rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestLeavesNoTraceOnDisk(t *testing.T) {
	leaver, _, other := holdertest.People()
	dir, b, h := onDisk(t, "people/{account}/docs/")
	write(t, b, "people/"+other.Account+"/docs/a.txt", "hers")
	want := entries(t, dir)
	write(t, b, "people/"+leaver.Account+"/docs/a.txt", "his")
	write(t, b, "people/"+leaver.Account+"/docs/deep/er/b.txt", "his too")
	// What a deletion that was cut off leaves: a side file without its file.
	lonely := filepath.Join(dir, "people", leaver.Account, "docs", "passport.pdf.attrs")
	if err := os.WriteFile(lonely, []byte(`{"user.metadata":{"owner":"Li Na"}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := h.Erase(t.Context(), task(leaver))
	if err != nil || r.Items[0].Count != 2 || r.Items[0].Bytes != 10 {
		t.Fatalf("%+v, %v", r, err)
	}
	if got := entries(t, dir); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("on disk: %v, want %v", got, want)
	}
}

func TestVerifySeesWhatListsDoNotShow(t *testing.T) {
	leaver, _, _ := holdertest.People()
	for name, plant := range map[string]func(folder string) error{
		"side file": func(folder string) error { return os.WriteFile(filepath.Join(folder, "a.attrs"), nil, 0o600) },
		"folder":    func(folder string) error { return os.Mkdir(filepath.Join(folder, "empty"), 0o700) },
	} {
		t.Run(name, func(t *testing.T) {
			dir, _, h := onDisk(t, "people/{account}/")
			folder := filepath.Join(dir, "people", leaver.Account)
			if err := errors.Join(os.MkdirAll(folder, 0o700), plant(folder)); err != nil {
				t.Fatal(err)
			}
			left, err := h.Verify(t.Context(), leaver)
			if err != nil || len(left.Items) != 1 {
				t.Fatalf("%+v, %v", left, err)
			}
			if _, err := h.Erase(t.Context(), task(leaver)); err != nil {
				t.Fatal(err)
			}
			if left, err = h.Verify(t.Context(), leaver); err != nil || len(left.Items) != 0 {
				t.Errorf("afterwards: %+v, %v", left, err)
			}
		})
	}
}

func TestLinksAreNotFollowed(t *testing.T) {
	leaver, _, _ := holdertest.People()
	dir, b, h := onDisk(t, "people/{account}/")
	outside := t.TempDir()
	precious := filepath.Join(outside, "precious.txt")
	write(t, b, "people/"+leaver.Account+"/a.txt", "x")
	if err := errors.Join(os.WriteFile(precious, nil, 0o600),
		os.Symlink(outside, filepath.Join(dir, "people", leaver.Account, "link"))); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Erase(t.Context(), task(leaver)); err != nil {
		t.Fatal(err)
	}
	if left, err := h.Verify(t.Context(), leaver); err != nil || len(left.Items) > 0 {
		t.Errorf("left over: %+v, %v", left, err)
	}
	if _, err := os.Stat(precious); err != nil {
		t.Errorf("a link was followed: %v", err)
	}
	// A person's whole folder elsewhere is not skipped in silence.
	if err := os.Symlink(outside, filepath.Join(dir, "people", leaver.Account)); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Erase(t.Context(), task(leaver)); !fault.Is(err, "holder_folder_link") {
		t.Errorf("erase: %v", err)
	}
	if _, err := h.Verify(t.Context(), leaver); !fault.Is(err, "holder_folder_link") {
		t.Errorf("verify: %v", err)
	}
}

func TestMissingStoreIsSaid(t *testing.T) {
	leaver, _, _ := holdertest.People()
	h, err := blob.Open(blob.Config{Name: "documents", Bucket: "file:nowhere", Prefix: "people/{account}/", BaseDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	_, erasing := h.Erase(t.Context(), task(leaver))
	for _, err := range []error{h.Check(t.Context()), erasing} {
		if !fault.Is(err, "holder_unreachable") {
			t.Errorf("got %v", err)
		}
	}
}
