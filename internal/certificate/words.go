package certificate

import (
	"time"

	"github.com/signoff-id/signoff/internal/language"
)

// sayings is how each language says what is not in the template.
var sayings = language.Each(chinese, english)

func english() words {
	return words{
		lang: language.English, file: "en.tmpl", zone: time.UTC,
		atLayout: "2006-01-02 15:04:05", dayLayout: "2 January 2006",
		events: map[string]string{
			"requested":                    "Closure requested",
			"confirmed":                    "Identity proved, closure confirmed",
			"approved":                     "Approved by a reviewer",
			"cooling_off_over":             "Cooling-off period over, conditions still met",
			"holder_erased":                "Erased in %s, no leftovers found",
			"own_rows_erased":              "Account erased in Signoff itself",
			"started":                      "Dissolution started",
			"attested":                     "A prerequisite attested with evidence",
			"evidence_accepted":            "Evidence accepted by a second person",
			"evidence_rejected":            "Evidence not accepted",
			"announced":                    "Public notice recorded",
			"objection_raised":             "Objection raised; the clock stopped",
			"another_objection":            "Another objection raised",
			"hearing_set":                  "Hearing set",
			"one_objection_dismissed":      "Objection dismissed, another one open",
			"objection_dismissed":          "Objection dismissed; the clock went on",
			"notice_over":                  "Notice over without an objection left",
			"members_released":             "All memberships ended",
			"organisation_own_rows_erased": "Organisation erased in Signoff itself",
		},
		kinds: map[string]string{"sqldb": "database", "blob": "file store"},
		actions: map[string]string{
			ActionDelete: "deleted", ActionBlank: "personal fields blanked",
			ActionPseudonymise: "pseudonymised", ActionReassign: "handed over",
		},
		someHolder: "a data holder",
		keptPlain:  "kept, no end date set", keptUntil: "kept until %s", alsoUntil: "kept in this form until %s",
		count: "%s in all", bytes: " (%s bytes)", between: ", ", basis: "\n     Legal basis: %s",
	}
}

func chinese() words {
	return words{
		lang: language.Chinese, file: "zh-CN.tmpl", zone: time.FixedZone("UTC+8", 8*60*60),
		atLayout: "2006年1月2日 15:04:05", dayLayout: "2006年1月2日",
		events: map[string]string{
			"requested":                    "提出注销",
			"confirmed":                    "通过身份验证，确认注销",
			"approved":                     "审核通过",
			"cooling_off_over":             "冷静期届满，注销条件仍然满足",
			"holder_erased":                "“%s”的数据删除完毕，未发现残留",
			"own_rows_erased":              "Signoff 自身的账号数据删除完毕",
			"started":                      "启动企业注销",
			"attested":                     "提交前置事项的证明材料",
			"evidence_accepted":            "证明材料经第二人审核通过",
			"evidence_rejected":            "证明材料未通过审核",
			"announced":                    "登记注销公告",
			"objection_raised":             "收到异议，公告期停止计算",
			"another_objection":            "又收到一项异议",
			"hearing_set":                  "确定听证时间",
			"one_objection_dismissed":      "驳回一项异议，尚有异议待处理",
			"objection_dismissed":          "异议被驳回，公告期继续计算",
			"notice_over":                  "公告期届满，无未决异议",
			"members_released":             "全部成员关系终止",
			"organisation_own_rows_erased": "Signoff 自身的企业数据删除完毕",
		},
		kinds: map[string]string{"sqldb": "数据库", "blob": "文件存储"},
		actions: map[string]string{
			ActionDelete: "已删除", ActionBlank: "个人信息字段已清空",
			ActionPseudonymise: "已以代号替换", ActionReassign: "已移交",
		},
		someHolder: "一处数据持有方",
		keptPlain:  "保留，未设期限", keptUntil: "保留至 %s", alsoUntil: "以此形式保留至 %s",
		count: "共 %s 项", bytes: "（%s 字节）", between: "，", basis: "\n     法律依据：%s",
	}
}
