package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/org"
)

// Person is somebody in the demo. Nobody real is meant: the names are roles.
type Person struct {
	Username string `json:"username"`
	Name     string `json:"name"`
	Password string `json:"password"`
	Account  string `json:"account_id"`
}

// email is the person's address, in a domain that can have no mail (RFC 2606).
func (p Person) email() string { return p.Username + "@demo.example" }

// The people, by their sign-in names.
const (
	Operator   = "operator-one" // runs the installation
	Operator2  = "operator-two" // runs it too
	Reviewer   = "reviewer-one" // decides on closures
	Admin      = "admin-one"    // administers the company
	SalesOne   = "sales-one"    // ready to close under dingtalk
	SalesTwo   = "sales-two"    // ready to close under wecom
	Owner      = "owner-one"    // has every blocker
	SupportOne = "support-one"  // a colleague, and the successor
	SupportTwo = "support-two"  // a colleague
)

var cast = []Person{
	{Username: Operator, Name: "运营一号 Operator One"},
	{Username: Operator2, Name: "运营二号 Operator Two"},
	{Username: Reviewer, Name: "审核一号 Reviewer One"},
	{Username: Admin, Name: "管理一号 Admin One"},
	{Username: SalesOne, Name: "销售一号 Sales One"},
	{Username: SalesTwo, Name: "销售二号 Sales Two"},
	{Username: Owner, Name: "负责一号 Owner One"},
	{Username: SupportOne, Name: "客服一号 Support One"},
	{Username: SupportTwo, Name: "客服二号 Support Two"},
}

// Person finds somebody by the sign-in name.
func (d *Demo) Person(username string) Person { return named(d.People, username) }

func named(people []Person, username string) Person {
	for _, p := range people {
		if p.Username == username {
			return p
		}
	}
	return Person{}
}

// hire makes the accounts, with passwords that are drawn anew for every demo.
func hire(ctx context.Context, a *app.App, rand io.Reader) ([]Person, error) {
	var people []Person
	for i, p := range cast {
		var err error
		if p.Password, err = newPassword(rand); err != nil {
			return nil, err
		}
		made, err := a.Accounts.Create(ctx, audit.System(), identity.NewAccount{Name: p.Name, Locale: language.Chinese, Password: p.Password,
			Identifiers: []identity.Identifier{
				{Kind: identity.Username, Value: p.Username},
				{Kind: identity.Email, Value: p.email()},
				{Kind: identity.Mobile, Value: fmt.Sprintf("+8613900000%03d", i+1)},
			}})
		if err != nil {
			return nil, err
		}
		p.Account = made.ID
		people = append(people, p)
	}
	for username, role := range map[string]string{Operator: identity.Operator, Operator2: identity.Operator, Reviewer: identity.Reviewer} {
		if err := a.Accounts.Grant(ctx, audit.System(), named(people, username).Account, role); err != nil {
			return nil, err
		}
	}
	return people, found(ctx, a, people)
}

// found makes the company: its departments and members, and everything that
// keeps its owner from closing the account.
func found(ctx context.Context, a *app.App, people []Person) error {
	by := audit.System()
	company, err := a.Orgs.Create(ctx, by, "演示贸易公司 Demo Trading")
	if err != nil {
		return err
	}
	departments := map[string]string{"": ""}
	for _, name := range []string{"销售部 Sales", "客服部 Support"} {
		dep, err := a.Orgs.CreateDepartment(ctx, by, company.ID, "", name)
		if err != nil {
			return err
		}
		departments[name] = dep.ID
	}
	for _, m := range []struct{ username, role, department, office string }{
		{Owner, org.Creator, "", org.LegalRepresentative},
		{Admin, org.Admin, "", ""},
		{SalesTwo, org.Ordinary, "销售部 Sales", ""},
		{SupportOne, org.Ordinary, "客服部 Support", ""},
		{SupportTwo, org.Ordinary, "客服部 Support", ""},
	} {
		member := org.Member{Organisation: company.ID, Account: named(people, m.username).Account, Department: departments[m.department], Role: m.role}
		if m.office != "" {
			member.Offices = []string{m.office}
		}
		if err := a.Orgs.PutMember(ctx, by, member); err != nil {
			return err
		}
	}
	return burden(ctx, a, company.ID, named(people, Owner).Account)
}

// burden gives an account one of each thing that must be settled first.
func burden(ctx context.Context, a *app.App, company, account string) error {
	by := audit.System()
	if _, err := a.Accounts.Bind(ctx, by, account, "alipay", "demo-alipay"); err != nil {
		return err
	}
	if _, err := a.Accounts.AddArrear(ctx, by, identity.Arrear{Account: account, Currency: "CNY", Amount: 12800, Reference: "DEMO-INVOICE-1"}); err != nil {
		return err
	}
	for kind, title := range map[string]string{org.Task: "核对季度账目 Check the quarter's accounts", org.Approval: "批准采购 Approve a purchase"} {
		if _, err := a.Orgs.AddTodo(ctx, by, org.Todo{Account: account, Organisation: company, Kind: kind, Title: title}); err != nil {
			return err
		}
	}
	return nil
}

// newPassword draws 16 characters that nobody mistakes for one another.
func newPassword(rand io.Reader) (string, error) {
	const alphabet = "abcdefghijkmnpqrstuvwxyz23456789" // 32, so that every one is as likely; no l and 1, no o and 0
	b := make([]byte, 16)
	if _, err := io.ReadFull(rand, b); err != nil {
		return "", err
	}
	var s strings.Builder
	for i, x := range b {
		if i > 0 && i%4 == 0 {
			s.WriteByte('-')
		}
		s.WriteByte(alphabet[x%32])
	}
	return s.String(), nil
}

func readPeople(dir string) ([]Person, error) {
	text, err := os.ReadFile(filepath.Join(dir, peopleName))
	if err != nil {
		return nil, err
	}
	var people []Person
	err = json.Unmarshal(text, &people)
	return people, err
}

// writePeople keeps the passwords for the next start; it is a demo.
func writePeople(dir string, people []Person) error {
	text, err := json.MarshalIndent(people, "", "  ") //nolint:gosec // that is the file's purpose: these passwords are to be read
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, peopleName), append(text, '\n'), 0o600)
}
