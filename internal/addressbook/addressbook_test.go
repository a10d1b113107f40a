package addressbook_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/signoff-id/signoff/internal/addressbook"
	"github.com/signoff-id/signoff/internal/fault"
)

func fileOf(t testing.TB, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "people")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// read gives everything in a file, or the error that ended it.
func read(path string, o addressbook.Options) (*addressbook.Book, []addressbook.Item, error) {
	b, err := addressbook.Open(path, o)
	if err != nil {
		return nil, nil, err
	}
	rows, err := b.Rows()
	if err != nil {
		return b, nil, err
	}
	var all []addressbook.Item
	for {
		item, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return b, all, rows.Close()
		}
		if err != nil {
			return b, all, errors.Join(err, rows.Close())
		}
		all = append(all, item)
	}
}

// told puts a person into one line.
func told(i addressbook.Item) string {
	if i.Person == nil {
		return fmt.Sprintf("%d path %s", i.Row, strings.Join(i.Path, ">"))
	}
	p := i.Person
	line := fmt.Sprintf("%d %s key=%s at=%s", i.Row, p.Name, p.Key, strings.Join(p.Department, ">"))
	for _, n := range p.Names {
		line += fmt.Sprintf(" %s=%s", n.Kind, n.Value)
	}
	for _, w := range p.Wrong {
		line += fmt.Sprintf(" !%s:%s", w.Column, w.Code)
	}
	for _, l := range p.LeftOut {
		line += " -" + l
	}
	return line
}

const table = "填写须知：\n*姓名,账号,别名,手机（必填）,企业邮箱,部门,备注\n张三,zhangsan,三儿,13800138001,z@corp.cn,公司/研发/后端;公司/市场,x\n\n李四,lisi,,+852 5123 4567,,,\n"

func TestEncodingsOfATableReadAlike(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(table)
	if err != nil {
		t.Fatal(err)
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(table)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"UTF-8": table, "with a mark": "\ufeff" + table, "GB18030": gb, "UTF-16": wide,
		"semicolons": strings.ReplaceAll(strings.ReplaceAll(table, ";", "；"), ",", ";"), "tabs": strings.ReplaceAll(table, ",", "\t")} {
		b, all, err := read(fileOf(t, text), addressbook.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if b.Format != addressbook.CSV || b.Source != "wecom" || strings.Join(b.Ignored, " ") != "别名 备注" || len(all) != 2 {
			t.Errorf("%s: %+v, %d rows", name, b, len(all))
			continue
		}
		want := "3 张三 key=zhangsan at=公司>研发>后端 mobile=13800138001 email=z@corp.cn -further_department"
		if got := told(all[0]); got != want {
			t.Errorf("%s: %s\nwant %s", name, got, want)
		}
		if got := told(all[1]); got != "5 李四 key=lisi at= mobile=+852 5123 4567" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestAWorkbookReadsAsATable(t *testing.T) {
	f := excelize.NewFile()
	for i, row := range [][]any{{"请按说明填写"}, {"员工UserID", "姓名", "手机号", "部门", "工号"},
		{"u1", "张三", 13800138001, "公司-研发,市场", 7}, {}, {"u2", "李四", 8613800138002.0, "", 8}} {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.NewSheet("别的"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "book.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	b, all, err := read(path, addressbook.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	if b.Format != addressbook.XLSX || b.Source != "dingtalk" || len(all) != 2 {
		t.Fatalf("%+v, %d rows", b, len(all))
	}
	if got := told(all[0]); got != "3 张三 key=u1 at=公司>研发 mobile=13800138001 -further_department" {
		t.Error(got)
	}
	if got := told(all[1]); got != "5 李四 key=u2 at= mobile=8613800138002" {
		t.Error(got)
	}
	for sheet, code := range map[string]string{"没有": "import_sheet_missing", "别的": "import_headings_missing"} {
		if _, _, err := read(path, addressbook.Options{Sheet: sheet}); !fault.Is(err, code) {
			t.Errorf("%s: %v", sheet, err)
		}
	}
}

func TestColumnsCanBeDeclared(t *testing.T) {
	text := "登录,称呼,手机,组织\nwang,王五,13800138003,A>B\n"
	o := addressbook.Options{Columns: map[string]string{"登录": "username", "称呼": "name", "手机": "ignore", "组织": "department"}, Separator: ">"}
	_, all, err := read(fileOf(t, text), o)
	if err != nil || len(all) != 1 || told(all[0]) != "2 王五 key= at=A>B username=wang" {
		t.Errorf("%v, %v", err, all)
	}
	o.Columns["登录"] = "password"
	if _, _, err := read(fileOf(t, text), o); !fault.Is(err, "import_field_unknown") {
		t.Error(err)
	}
}

const realm = `{"id":"r","roles":{"realm":[{"name":"a"}]},
"groups":[{"name":"总部","subGroups":[{"name":"研发","subGroups":[]}]}],
"clients":[{"deep":[[[{"x":null}]]]}],
"users":[
{"id":"1","username":"kim","enabled":true,"email":"kim@example.com","emailVerified":true,"firstName":"小明","lastName":"王","groups":["/总部/研发","/财务"],"realmRoles":["admin"],
 "attributes":{"phoneNumber":["13800138001"],"locale":["zh"]},
 "credentials":[{"type":"password","secretData":"{\"value\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\",\"salt\":\"AAAAAAAAAAA=\"}","credentialData":"{\"hashIterations\":5,\"algorithm\":\"argon2\",\"additionalParameters\":{\"hashLength\":[\"32\"],\"memory\":[\"7168\"],\"type\":[\"id\"],\"version\":[\"1.3\"],\"parallelism\":[\"1\"]}}"},{"type":"otp"}]},
{"id":"2","username":"sam@example.com","email":"sam@example.com","emailVerified":false,"firstName":"Sam","lastName":"Smith",
 "credentials":[{"type":"password","secretData":"{\"value\":\"AA==\",\"salt\":\"AA==\"}","credentialData":"{\"algorithm\":\"bcrypt\"}"}]},
{"id":"3","username":"off","enabled":false},
{"id":"4","username":"service-account-crm","serviceAccountClientId":"crm"},
{"id":"5","username":"ldap","federationLink":"x"}
]}`

func TestARealmIsRead(t *testing.T) {
	_, all, err := read(fileOf(t, realm), addressbook.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, i := range all {
		got = append(got, told(i))
	}
	want := []string{"1 path 总部", "1 path 总部>研发",
		"1 王小明 key=1 at=总部>研发 username=kim email=kim@example.com mobile=13800138001 -further_department -second_factor -role_mappings",
		"2 Sam Smith key=2 at= -email_not_verified -password",
		"3  key= at= -disabled", "4  key= at= -service_account", "5  key=5 at= username=ldap -federated"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if p := all[2].Person; p.Locale != "zh-CN" || !strings.HasPrefix(p.Hash, "$argon2id$v=19$m=7168,t=5,p=1$") {
		t.Errorf("%+v", p)
	}
	_, all, err = read(fileOf(t, realm), addressbook.Options{UnverifiedEmail: true})
	if err != nil || told(all[3]) != "2 Sam Smith key=2 at= email=sam@example.com -password" {
		t.Errorf("%v, %s", err, told(all[3]))
	}
}
