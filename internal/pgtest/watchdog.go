package pgtest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
)

// watchdog runs the server and waits for the end of its own input, which comes
// when the process that holds the other end of the pipe closes it, exits,
// panics or is killed. Then it stops the server without ceremony and removes
// the directory. $1 is the directory, the rest the server's command line.
const watchdog = `
dir=$1; shift
"$@" &
server=$!
trap '' INT TERM HUP
{ read -r _; kill -QUIT "$server"; } <&3 &
waiter=$!
wait "$server"
kill -KILL "$waiter" 2>/dev/null
cd /
rm -rf "$dir"
`

// runWatched starts the server under its watchdog, in a session of its own so
// that a terminal's interrupt does not reach it before the tests are done.
func runWatched(bin, dir string, port int, owner *account, o Options) (*Server, error) {
	logPath := filepath.Join(dir, "server.log")
	logFile, err := os.Create(logPath)
	if err != nil {
		return nil, err
	}
	if err := owner.give(logPath); err != nil {
		return nil, errors.Join(err, logFile.Close())
	}
	args := []string{"-c", watchdog, "watchdog", dir,
		filepath.Join(bin, "postgres"), "-D", filepath.Join(dir, "data")}
	for _, setting := range settings(port, o) {
		args = append(args, "-c", setting)
	}
	cmd := exec.Command("/bin/sh", args...)
	owner.run(cmd, dir)
	// Never our own output: the go command waits until all holders of a
	// test's output are gone.
	cmd.Stdout, cmd.Stderr = logFile, logFile
	end, hold, err := os.Pipe()
	if err != nil {
		return nil, errors.Join(err, logFile.Close())
	}
	defer end.Close()
	cmd.ExtraFiles = []*os.File{end} // descriptor 3
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(fmt.Errorf("start PostgreSQL: %w", err), hold.Close(), logFile.Close())
	}
	s := &Server{hold: hold, ended: make(chan struct{}), log: logFile}
	go func() {
		defer close(s.ended)
		_ = cmd.Wait() // a server stopped by a signal is what we want
	}()
	return s, nil
}

func settings(port int, o Options) []string {
	list := []string{
		"port=" + strconv.Itoa(port),
		"listen_addresses=127.0.0.1",
		"unix_socket_directories=", // a temporary path may be too long for a socket
		"max_connections=200",
		"shared_buffers=128MB",
		"timezone=UTC",
		"jit=off",
	}
	if o.Durable {
		return list
	}
	return append(list, "fsync=off", "synchronous_commit=off", "full_page_writes=off",
		"wal_level=minimal", "max_wal_senders=0", "max_wal_size=4GB")
}

// run makes cmd run in dir as the account, in a session of its own, with an
// environment in which PG… variables of the caller change nothing.
func (a *account) run(cmd *exec.Cmd, dir string) {
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC", "HOME=" + dir}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if a != nil {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: a.uid, Gid: a.gid}
	}
}
