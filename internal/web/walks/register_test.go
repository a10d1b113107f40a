package walks

import (
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/identity"
)

const longPassword = "another horse, another battery"

func registrationOpen(c *config.Config, _ *app.World) { c.Registration = "open" }

func TestSomebodyRegisters(t *testing.T) {
	t.Parallel()
	s := open(t, registrationOpen)
	for i, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			address := "new" + string(rune('a'+i)) + "@example.com"
			w := s.window(t, look)
			w.Go("/sign-in").Press(word(w, "注册账号", "Register")).At("/register").Check("register")
			w.Type("value", "nobody").Press(word(w, "发送验证码", "Send code")).Check("register-refused")
			w.Type("value", address).Press(word(w, "发送验证码", "Send code")).Sees(address).Check("register-code")
			w.Type("code", "12345").Type("password", longPassword).Press(word(w, "注册并登录", "Register and sign in")).Check("register-wrong-code")
			w.Type("code", s.Code("")).Type("name", "Newcomer").Type("password", longPassword).Press(word(w, "注册并登录", "Register and sign in"))
			w.At("/").Sees(word(w, "账号已注册成功", "Your account is ready"), "Newcomer").Check("registered")
			w.Go("/register").Sees(word(w, "发送验证码", "Send code"))
		})
	}
}

func TestSomebodyRegistersByAnOperatorsLink(t *testing.T) {
	t.Parallel()
	s := open(t)
	for i, look := range looks()[2:] {
		t.Run(name(look), func(t *testing.T) {
			address := "guest" + string(rune('a'+i)) + "@example.com"
			link, _, err := s.App.Access.MakeRegisterLink(t.Context(), app.Actor(), identity.Identifier{Kind: identity.Email, Value: address})
			s.Must(err)
			w := s.window(t, look)
			w.Go("/sign-in").SeesNot(word(w, "注册账号", "Register"))
			if look.NoScripts {
				w.Go("/register").Check("closed").Type("token", link).Press(word(w, "继续", "Continue"))
			} else {
				w.Go(s.path(link))
			}
			w.Sees(word(w, "您已获得注册链接", "You have been given a link")).At("/register").Check("linked")
			w.Type("value", "another@example.com").Type("password", longPassword).Press(word(w, "注册并登录", "Register and sign in")).At("/register/complete").Check("linked-refused")
			w.Type("value", address).Type("password", longPassword).Press(word(w, "注册并登录", "Register and sign in")).At("/")
		})
	}
}
