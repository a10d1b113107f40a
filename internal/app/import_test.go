package app_test

import (
	"bytes"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/addressbook"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/directory"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
)

// bring imports the text of a file.
func bring(w *apptest.World, by audit.Actor, text string, o directory.Options) (directory.Report, error) {
	w.T.Helper()
	path := filepath.Join(w.T.TempDir(), "people")
	w.Must(os.WriteFile(path, []byte(text), 0o600))
	book, err := addressbook.Open(path, addressbook.Options{Dir: w.T.TempDir()})
	if err != nil {
		return directory.Report{}, err
	}
	return w.App.Directory.Import(w.T.Context(), by, book, o)
}

func mustBring(w *apptest.World, text string, o directory.Options) directory.Report {
	w.T.Helper()
	r, err := bring(w, app.Actor(), text, o)
	w.Must(err)
	return r
}

func adminOf(w *apptest.World, o org.Organisation, role string) (audit.Actor, string) {
	w.T.Helper()
	a, name := w.Person()
	w.Must(w.App.Orgs.PutMember(w.T.Context(), app.Actor(), org.Member{Organisation: o.ID, Account: a.ID, Role: role}))
	return audit.Actor{Kind: audit.KindAdmin, ID: a.ID}, name
}

// delayed installs a policy that keeps names for a month.
func delayed(w *apptest.World) string {
	w.T.Helper()
	source, err := os.ReadFile("../policy/policies/dingtalk.yaml")
	w.Must(err)
	text := strings.Replace(strings.Replace(string(source), "name: dingtalk", "name: delayed", 1), "after: 0d", "after: 30d", 1)
	_, err = w.App.Closures.InstallPolicy(w.T.Context(), app.Actor(), []byte(text))
	w.Must(err)
	return "delayed"
}

// refusals lists the refusals as "row code".
func refusals(r directory.Report) string {
	var all []string
	for _, x := range r.Refusals {
		all = append(all, fmt.Sprintf("%d %s", x.Row, x.Code))
	}
	return strings.Join(all, ", ")
}

func find(w *apptest.World, name string) identity.Account {
	w.T.Helper()
	a, err := w.App.Accounts.Find(w.T.Context(), name)
	w.Must(err)
	return a
}

func TestASecondImportUpdatesAndDoublesNobody(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		o := w.Organisation(org.Ordinary)
		first := mustBring(w, "员工UserID,姓名,手机号,部门\nu1,张三,13800138001,研发-后端\nu2,李四,13800138002,市场\n", directory.Options{Organisation: o.ID})
		if !first.Applied || first.Created != 2 || first.Joined != 2 || first.Departments != 3 || first.WithoutPassword != 2 {
			t.Fatalf("%+v", first)
		}
		zhang := find(w, "13800138001")
		w.Must(w.App.Orgs.PutMember(t.Context(), app.Actor(), org.Member{Organisation: o.ID, Account: zhang.ID, Role: org.Admin, Offices: []string{org.FinanceOfficer}}))
		before := w.Dump()["accounts"]
		again := mustBring(w, "员工UserID,姓名,手机号,部门\nu1,张三,13800138001,\nu2,李四,13800138002,市场\n", directory.Options{Organisation: o.ID})
		if again.Unchanged != 2 || again.Created+again.Updated != 0 || w.Dump()["accounts"] != before {
			t.Fatalf("nothing was new: %+v", again)
		}
		later := mustBring(w, "员工UserID,姓名,手机号,邮箱,部门\nu1,章三,13900139001,zhang@example.com,市场\n", directory.Options{Organisation: o.ID})
		if later.Updated != 1 || later.Moved != 1 || later.Created != 0 {
			t.Fatalf("%+v", later)
		}
		now := find(w, "zhang@example.com")
		if now.ID != zhang.ID || now.Name != "章三" || len(now.Identifiers) != 3 {
			t.Errorf("%+v", now)
		}
		places, err := w.App.Orgs.Memberships(t.Context(), zhang.ID)
		w.Must(err)
		if len(places) != 1 || places[0].Role != org.Admin || len(places[0].Offices) != 1 || places[0].Department == "" {
			t.Errorf("an address book changes departments only: %+v", places)
		}
		if n := w.Entries("account.updated", zhang.ID); n != 1 {
			t.Errorf("%d entries say that the account was updated", n)
		}
		if letters := w.Letters(zhang.ID); len(letters) != 0 {
			t.Errorf("an import told somebody: %+v", letters)
		}
		invited := mustBring(w, "username,email\nnewcomer,new@example.com\n", directory.Options{Invite: true})
		if invited.Invited != 1 || len(w.Letters(find(w, "newcomer").ID)) != 1 {
			t.Errorf("%+v", invited)
		}
	})
}

func TestAnImportIsAllOrNothing(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		o := w.Organisation(org.Ordinary)
		mustBring(w, "username,mobile\nfirst,13800138001\nsecond,13800138002\n", directory.Options{})
		banned, _ := w.Person()
		w.Must(w.App.Access.SetFlags(t.Context(), app.Actor(), banned.ID, false, true))
		file := "username,mobile,email,department\n" +
			"fine,13800138009,,总部/研发\n" + // 2
			"fine,13800138010,,\n" + // 3: named twice
			"first,13800138002,,\n" + // 4: two accounts
			",12,,\n" + // 5: no number
			",,,总部\n" + // 6: nobody
			banned.Name + ",,,\n" + // 7: banned
			",13800138001,first@example.com,\n" + // 8: an account, by one name
			",,,\n" + // left out: empty
			"first,,,\n" // 10: the same account, by another name
		before := w.Dump()
		for _, dry := range []bool{true, false} {
			r := mustBring(w, file, directory.Options{Organisation: o.ID, DryRun: dry})
			want := "3 import_row_repeats, 4 import_row_repeats, 5 mobile_invalid, 6 identifier_required, 7 account_blocked, 10 import_row_repeats"
			want = strings.Replace(want, "4 import_row_repeats", "4 import_matches_several", 1)
			if r.Applied || refusals(r) != want || r.Refused != 6 {
				t.Errorf("refused %d: %s", r.Refused, refusals(r))
			}
		}
		for table, rows := range w.Dump() {
			if rows != before[table] {
				t.Errorf("%s was changed", table)
			}
		}
		r := mustBring(w, file, directory.Options{Organisation: o.ID, SkipRefused: true})
		if !r.Applied || r.Created != 1 || r.Updated != 1 || r.Refused != 6 || r.Joined != 2 {
			t.Errorf("%+v", r)
		}
		find(w, "first@example.com")
	})
}

// The organisation's admin makes accounts and members, and reaches nobody else.
func TestAnAdminsImportReachesNobodyOutside(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		o := w.Organisation(org.Ordinary)
		admin, _ := adminOf(w, o, org.Admin)
		owner, ownerName := adminOf(w, o, org.SuperAdmin)
		outsider, outsiderName := w.Person()
		closing, closingName := w.Person()
		w.Must(w.App.Access.SetFlags(t.Context(), app.Actor(), closing.ID, true, false))
		gone, goneName := w.Person()
		w.Drain(w.Confirm(gone, delayed(w)).Closure.ID)
		into := directory.Options{Organisation: o.ID, SkipRefused: true}
		file := "username,name,email,mobile,department\n" +
			"fresh,Fresh,,,A\n" +
			outsiderName + ",Taken,,,A\n" +
			",Taken,new@example.com,,A\n" +
			closingName + ",Flagged,,,A\n" +
			goneName + ",Gone,,,A\n"
		before := w.Dump()
		for _, dry := range []bool{true, false} {
			try := into
			try.DryRun = dry
			r, err := bring(w, admin, file, try)
			w.Must(err)
			// Held by somebody outside, flagged, reserved: one answer for all.
			if refusals(r) != "3 import_name_unavailable, 5 import_name_unavailable, 6 import_name_unavailable" || r.Created != 2 {
				t.Errorf("%+v", r)
			}
			if dry && w.Dump()["accounts"] != before["accounts"] {
				t.Error("a dry run wrote")
			}
		}
		if n := w.Entries("import.tried", ""); n != 1 {
			t.Errorf("%d entries say that an admin tried an import", n)
		}
		if places, _ := w.App.Orgs.Memberships(t.Context(), outsider.ID); len(places) != 0 || find(w, outsiderName).Name == "Taken" {
			t.Error("somebody outside was taken over")
		}

		// A member is moved, and neither renamed nor given further names: with an
		// address of the admin's own the account could be taken over.
		r, err := bring(w, admin, "username,name,email,department\nfresh,Evil,evil@example.com,B\n", into)
		w.Must(err)
		fresh := find(w, "fresh")
		if r.Updated != 1 || r.Moved != 1 || fresh.Name != "Fresh" || len(fresh.Identifiers) != 1 ||
			r.LeftOut["name_of_member"] != 1 || r.LeftOut["identifiers_of_member"] != 1 {
			t.Errorf("%+v, %+v", r, fresh)
		}
		// Whether the further name is somebody else's changes nothing in the answer.
		again, err := bring(w, admin, "username,name,email,department\nfresh,Evil,"+outsider.Address()+",B\n", into)
		w.Must(err)
		if again.Refused != 0 || again.LeftOut["identifiers_of_member"] != 1 || len(find(w, "fresh").Identifiers) != 1 {
			t.Errorf("%+v", again)
		}

		// An admin moves nobody who ranks above.
		up := "username,department\n" + ownerName + ",C\n"
		if r, err = bring(w, admin, up, into); err != nil || refusals(r) != "2 owner_required" {
			t.Errorf("%v, %+v", err, r)
		}
		if r, err = bring(w, owner, up, into); err != nil || r.Moved != 1 {
			t.Errorf("%v, %+v", err, r)
		}
		if _, err := bring(w, admin, `{"realm":"x","users":[]}`, into); !fault.Is(err, "import_for_operators") {
			t.Errorf("a realm by an admin: %v", err)
		}
		if _, err := bring(w, admin, "username\nfresh\n", directory.Options{}); !fault.Is(err, "import_for_operators") {
			t.Errorf("an import into no organisation: %v", err)
		}
	})
}

// Twenty imports of the same people at once make each of them once.
func TestImportsAtOnceMakeEverybodyOnce(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		o := w.Organisation(org.Ordinary)
		var file strings.Builder
		file.WriteString("userid,name,mobile\n")
		const people = 50
		for i := range people {
			fmt.Fprintf(&file, "u%d,P%d,138%08d\n", i, i, i)
		}
		path := filepath.Join(t.TempDir(), "people.csv")
		w.Must(os.WriteFile(path, []byte(file.String()), 0o600))
		var wg sync.WaitGroup
		var mu sync.Mutex
		created := 0
		for range 20 {
			wg.Go(func() {
				book, err := addressbook.Open(path, addressbook.Options{})
				if err != nil {
					t.Error(err)
					return
				}
				r, err := w.App.Directory.Import(t.Context(), app.Actor(), book, directory.Options{Organisation: o.ID})
				if err != nil && !fault.Is(err, "import_interfered") {
					t.Error(err)
				}
				mu.Lock()
				created += r.Created
				mu.Unlock()
			})
		}
		wg.Wait()
		members, err := w.App.Orgs.Members(t.Context(), o.ID, "", 200)
		w.Must(err)
		if created != people || len(members) != people {
			t.Errorf("%d made, %d members, want %d", created, len(members), people)
		}
	})
}

// Whoever moves to another Signoff signs in there under the same id and with the
// same password; who is being closed does not move.
func TestAnExportIsTakenByAnotherSignoff(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		a, name := w.Person()
		o := w.Organisation(org.Creator, a)
		d, err := w.App.Orgs.CreateDepartment(t.Context(), app.Actor(), o.ID, "", "研发")
		w.Must(err)
		w.Must(w.App.Orgs.PutMember(t.Context(), app.Actor(), org.Member{Organisation: o.ID, Account: a.ID, Role: org.Creator, Department: d.ID, Offices: []string{org.LegalRepresentative}}))
		leaving, _ := w.Person()
		w.Confirm(leaving, "wecom")
		var out bytes.Buffer
		end, err := w.App.Directory.Export(t.Context(), app.Actor(), &out, true)
		w.Must(err)
		if end.Accounts != 1 || strings.Contains(out.String(), leaving.ID) {
			t.Errorf("%+v: %s", end, out.String())
		}

		there := apptest.New(t, "sqlite")
		r := mustBring(there, out.String(), directory.Options{})
		if r.Created != 1 || r.Organisations != 1 || r.Departments != 1 || r.WithoutPassword != 0 {
			t.Errorf("%+v", r)
		}
		if in := there.SignIn(name); in.Session.Account != a.ID {
			t.Errorf("%s became %s", a.ID, in.Session.Account)
		}
		places, err := there.App.Orgs.Memberships(t.Context(), a.ID)
		w.Must(err)
		if len(places) != 1 || places[0].Role != org.Creator || places[0].Department != d.ID || len(places[0].Offices) != 1 {
			t.Errorf("%+v", places)
		}
		// What is there stays: a role that was lowered is not raised by an old file.
		other, _ := there.Person()
		there.Must(there.App.Orgs.PutMember(t.Context(), app.Actor(), org.Member{Organisation: o.ID, Account: other.ID, Role: org.Creator}))
		there.Must(there.App.Orgs.PutMember(t.Context(), app.Actor(), org.Member{Organisation: o.ID, Account: a.ID, Role: org.Ordinary}))
		there.Must(there.App.Access.SetPassword(t.Context(), app.Actor(), a.ID, "another password"))
		if r = mustBring(there, out.String(), directory.Options{}); r.Created+r.Updated != 0 || r.Unchanged != 1 {
			t.Errorf("%+v", r)
		}
		if places, _ = there.App.Orgs.Memberships(t.Context(), a.ID); len(places) != 1 || places[0].Role != org.Ordinary {
			t.Errorf("%+v", places)
		}
		if _, err := there.App.Accounts.Prove(t.Context(), a.ID, apptest.Password); err == nil {
			t.Error("an import brought an old password back")
		}
		if r, err = bring(there, app.Actor(), out.String()[:out.Len()-20], directory.Options{}); !fault.Is(err, "import_truncated") && !fault.Is(err, "import_line_unreadable") {
			t.Errorf("a file that was cut off: %v, %+v", err, r)
		}
	})
}

// A person who was closed here does not come back by an old file.
func TestAClosedAccountDoesNotComeBack(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		a, name := w.Person()
		o := w.Organisation(org.Ordinary)
		mustBring(w, "userid,username\nu1,"+name+"\n", directory.Options{Organisation: o.ID})
		w.Must(w.App.Access.RemoveMember(t.Context(), app.Actor(), o.ID, a.ID, ""))
		var out bytes.Buffer
		_, err := w.App.Directory.Export(t.Context(), app.Actor(), &out, false)
		w.Must(err)
		w.Drain(w.Confirm(a, delayed(w)).Closure.ID)
		if r := mustBring(w, out.String(), directory.Options{}); refusals(r) != "3 account_ending" || r.Applied {
			t.Errorf("%+v", r)
		}
		if r := mustBring(w, "userid,username\nu1,"+name+"\n", directory.Options{Organisation: o.ID}); refusals(r) != "2 identifier_reserved" {
			t.Errorf("%+v", r)
		}
	})
}

func TestAnAddressBookIsImportedOverHTTP(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		a, name := w.Person()
		o := w.Organisation(org.Admin, a)
		c := client.New(w.Serve(), client.Options{Token: w.SignIn(name).Token, Language: "zh-CN"})
		in := func(text string, by client.ImportOptions) (client.ImportReport, error) {
			return c.ImportMembers(t.Context(), o.ID, strings.NewReader(text), by)
		}
		r, err := in("姓名,手机,备注\n王五,13800138005,x\n", client.ImportOptions{Type: client.CSVFile})
		if err != nil || !r.Applied || r.Created != 1 || len(r.IgnoredColumns) != 1 {
			t.Errorf("%v, %+v", err, r)
		}
		_, err = in("姓名,手机\n王五,13800138005\n赵六,12\n", client.ImportOptions{})
		p, ok := errors.AsType[*client.Problem](err)
		if !ok || p.Status != 422 || p.Code != "import_refused" || len(p.Errors) != 1 || p.Errors[0].Path != "row 3 手机" || p.Errors[0].Code != "mobile_invalid" {
			t.Errorf("%+v", err)
		}
		r, err = in("称呼,联系\n王五,13800138005\n", client.ImportOptions{DryRun: true, Columns: map[string]string{"联系": "mobile"}})
		if err != nil || !r.DryRun || r.Unchanged != 1 {
			t.Errorf("%v, %+v", err, r)
		}
		if _, err = in("x", client.ImportOptions{Type: "image/png"}); !client.HasCode(err, "unsupported_media_type") {
			t.Errorf("a picture: %v", err)
		}
		if _, err = in("name,username\n"+strings.Repeat(" ", 64<<20), client.ImportOptions{}); !client.HasCode(err, "body_too_large") {
			t.Errorf("too large: %v", err)
		}
		if err = c.ExportAccounts(t.Context(), &bytes.Buffer{}, false); !client.HasCode(err, "role_required") {
			t.Errorf("an export by an admin: %v", err)
		}
		w.Must(w.App.Accounts.Grant(t.Context(), app.Actor(), a.ID, identity.Operator))
		var out bytes.Buffer
		if err = c.ExportAccounts(t.Context(), &out, false); err != nil || !strings.Contains(out.String(), `"accounts":2}`) || strings.Contains(out.String(), "argon2id") {
			t.Errorf("%v: %s", err, out.String())
		}
	})
}

// Whoever is imported without a password gets in by a link to the address that
// the importer vouched for; only an operator can vouch, and not for names that
// somebody has already.
func TestImportedPeopleGetInByALinkWhereAnOperatorVouches(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		o := w.Organisation(org.Ordinary)
		admin, _ := adminOf(w, o, org.Admin)
		if _, err := bring(w, admin, "name,email\nA,a@example.com\n", directory.Options{Organisation: o.ID, Verified: true}); !fault.Is(err, "import_for_operators") {
			t.Errorf("an admin vouches: %v", err)
		}
		mustBring(w, "name,email\nB,b@example.com\n", directory.Options{})
		mustBring(w, "name,email\nB,b@example.com\nC,c@example.com\n", directory.Options{Verified: true})
		for email, gets := range map[string]bool{"b@example.com": false, "c@example.com": true} {
			w.Must(w.App.Access.AskReset(t.Context(), email, netip.MustParseAddr("192.0.2.1")))
			if link := w.Code(find(w, email).ID); (link != "") != gets {
				t.Errorf("%s gets a link: %v, want %v", email, link != "", gets)
			}
		}
	})
}
