package addressbook

import (
	"maps"
	"slices"
	"strings"
)

// The fields that a column can stand for.
const (
	fieldName       = "name"
	fieldUsername   = "username"
	fieldEmail      = "email"
	fieldMobile     = "mobile"
	fieldLocale     = "locale"
	fieldKey        = "key"
	fieldDepartment = "department"
	fieldNone       = "ignore"
)

// fieldNames lists what a column can be declared as.
func fieldNames() []string {
	return []string{fieldName, fieldUsername, fieldEmail, fieldMobile, fieldLocale, fieldKey, fieldDepartment, fieldNone}
}

func isField(s string) bool { return slices.Contains(fieldNames(), s) }

// known are the headings of our own CSV files and of the address books that
// DingTalk and WeCom export, as fold writes them.
var known = map[string]string{
	"name": fieldName, "fullname": fieldName, "displayname": fieldName, "姓名": fieldName, "名字": fieldName, "员工姓名": fieldName, "成员姓名": fieldName,
	"username": fieldUsername, "loginname": fieldUsername, "用户名": fieldUsername, "登录名": fieldUsername,
	"email": fieldEmail, "e-mail": fieldEmail, "mail": fieldEmail, "邮箱": fieldEmail, "个人邮箱": fieldEmail, "企业邮箱": fieldEmail,
	"电子邮箱": fieldEmail, "工作邮箱": fieldEmail, "邮箱地址": fieldEmail, "员工企业邮箱": fieldEmail,
	"mobile": fieldMobile, "mobilephone": fieldMobile, "mobilenumber": fieldMobile, "手机": fieldMobile, "手机号": fieldMobile, "手机号码": fieldMobile,
	"locale": fieldLocale, "language": fieldLocale, "语言": fieldLocale,
	"department": fieldDepartment, "departments": fieldDepartment, "部门": fieldDepartment, "所在部门": fieldDepartment, "主部门": fieldDepartment,
}

// keys are the headings of a source's own name for a person, the best first: an
// employee's number is given again sooner than a user's id.
var keys = []string{"员工userid", "userid", "账号", "帐号", "key", "externalid", "工号", "员工工号", "employeeid", "jobnumber"}

// headings are the row that says what the columns are.
type headings struct {
	columns   []column
	ignored   []string
	source    string
	separator string // between the levels of a department's path
	between   string // any of these between two departments
}

// readHeadings says what the columns are, and whether the cells are headings at
// all: among them must be something that a person can be told by.
func readHeadings(cells []string, o Options) (headings, bool) {
	if len(cells) > maxColumns {
		cells = cells[:maxColumns]
	}
	h := headings{columns: make([]column, len(cells)), source: "addressbook", separator: "/", between: ";；\n"}
	folded := make([]string, len(cells))
	for i, cell := range cells {
		folded[i] = fold(cell)
	}
	declared := map[string]string{}
	for heading, field := range o.Columns {
		declared[fold(heading)] = field
	}
	for heading := range declared {
		if !slices.Contains(folded, heading) {
			return h, false
		}
	}
	key := keyColumn(folded, declared)
	telling := false
	for i, heading := range folded {
		field, said := declared[heading]
		switch {
		case said:
		case i == key:
			field = fieldKey
		default:
			field = known[heading]
		}
		if field == fieldNone || field == "" {
			if heading != "" && !said {
				h.ignored = append(h.ignored, short(cells[i]))
			}
			field = ""
		}
		h.columns[i] = column{field: field, heading: short(cells[i])}
		telling = telling || slices.Contains([]string{fieldUsername, fieldEmail, fieldMobile, fieldKey}, field)
	}
	h.vendor(folded)
	if o.Separator != "" {
		h.separator = o.Separator
		h.between = strings.ReplaceAll(h.between, o.Separator, "")
	}
	return h, telling
}

// keyColumn finds the column with the source's own name for a person.
func keyColumn(folded []string, declared map[string]string) int {
	for _, field := range declared {
		if field == fieldKey {
			return -1
		}
	}
	for _, k := range keys {
		if i := slices.Index(folded, k); i >= 0 && declared[k] == "" {
			return i
		}
	}
	return -1
}

// vendor recognises whose export it is. DingTalk writes a department's path as
// 总部-研发 and several with a comma between them, WeCom 总部/研发 and a semicolon.
func (h *headings) vendor(folded []string) {
	has := func(all ...string) bool {
		return slices.ContainsFunc(all, func(s string) bool { return slices.Contains(folded, s) })
	}
	switch {
	case has("员工userid", "是否部门主管", "是否此部门主管", "部门主管"):
		h.source, h.separator, h.between = "dingtalk", "-", ",，;；\n"
	case has("账号", "帐号") && has("别名", "职务", "座机", "激活状态", "禁用状态", "微信插件"):
		h.source = "wecom"
	}
}

// fold writes a heading so that the ways to write it are one: without what
// stands in brackets, spaces, case and the mark of a required column.
func fold(heading string) string {
	if i := strings.IndexAny(heading, "（(\n"); i > 0 {
		heading = heading[:i]
	}
	heading = strings.ToLower(strings.Trim(heading, "\ufeff*＊ \t\r\n"))
	return strings.NewReplacer(" ", "", "_", "", "\u00a0", "").Replace(heading)
}

// short keeps a heading that is none from filling a report.
func short(heading string) string {
	heading = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.TrimSpace(heading))
	if runes := []rune(heading); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return heading
}

func sortedHeadings(columns map[string]string) []string {
	var all []string
	for _, h := range slices.Sorted(maps.Keys(columns)) {
		all = append(all, short(h))
	}
	return all
}
