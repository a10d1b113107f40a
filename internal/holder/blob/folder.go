package blob

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"syscall"

	"github.com/signoff-id/signoff/internal/fault"
)

// sideFile ends the names of the files in which fileblob keeps what a file is
// called and by whom. It deletes them with their file, unless it is cut off in
// between, and never lists them.
const sideFile = ".attrs"

// sweep removes from a folder of this machine what deleting its files leaves
// behind: side files that lost their file, and folders, whose names can say who
// somebody is. It removes no other file: what arrived meanwhile was not counted.
func (h *Holder) sweep(t template, prefix string) error {
	if h.dir == "" {
		return nil
	}
	root, at, there, err := h.enter(prefix)
	if err != nil {
		return err
	}
	defer root.Close()
	var folders []string
	if there {
		if folders, err = sweepBelow(root, at); err != nil {
			return err
		}
	}
	for up, n := at, t.ownFolders(); n > 1; n-- {
		up = path.Dir(up)
		folders = append([]string{up}, folders...)
	}
	for _, name := range slices.Backward(folders) {
		if err := ignoreGone(root.Remove(name)); err != nil {
			return err
		}
	}
	return nil
}

// sweepBelow removes lonely side files and gives the folders, outermost first.
func sweepBelow(root *os.Root, at string) (folders []string, err error) {
	err = fs.WalkDir(root.FS(), at, func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case d.IsDir():
			folders = append(folders, name)
		case strings.HasSuffix(name, sideFile):
			// Its file may have arrived just now; then both stay for the next try.
			if _, err := root.Lstat(strings.TrimSuffix(name, sideFile)); errors.Is(err, fs.ErrNotExist) {
				return ignoreGone(root.Remove(name))
			}
		}
		return nil
	})
	return folders, err
}

// remains counts everything that is under a prefix in a folder of this machine,
// the folder itself included.
func (h *Holder) remains(prefix string) (n int64, err error) {
	if h.dir == "" {
		return 0, nil
	}
	root, at, there, err := h.enter(prefix)
	if err != nil {
		return 0, err
	}
	defer root.Close()
	if !there {
		return 0, nil
	}
	err = fs.WalkDir(root.FS(), at, func(_ string, _ fs.DirEntry, err error) error {
		if err == nil {
			n++
		} else if errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
		return err
	})
	return n, err
}

// enter opens the store's folder so that no link leads out of it, and says
// whether the prefix's folder is there. A prefix that is a link or a file is
// refused: lists do not follow it, and what it leads to would never be found.
func (h *Holder) enter(prefix string) (root *os.Root, at string, there bool, err error) {
	if root, err = os.OpenRoot(h.dir); err != nil {
		return nil, "", false, err
	}
	at = strings.TrimSuffix(prefix, "/")
	for i, r := range at + "/" {
		if r != '/' {
			continue
		}
		info, err := root.Lstat(at[:i])
		if errors.Is(err, fs.ErrNotExist) {
			return root, at, false, nil
		}
		if err == nil && !info.IsDir() {
			err = fault.New(fault.Conflict, "holder_folder_link", "holder", h.name)
		}
		if err != nil {
			return nil, "", false, errors.Join(err, root.Close())
		}
	}
	return root, at, true, nil
}

// ignoreGone lets pass that a file is gone, and that a folder is not empty:
// something arrived, and the search for leftovers will find it.
func ignoreGone(err error) error {
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTEMPTY) || errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}
