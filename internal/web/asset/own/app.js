// What every page does beside being read. Nothing here is needed to sign in, to
// sign out or to close an account: it only makes that smoother.
const root = document.documentElement;

// A page from the back button may be of a session that is over: look again.
addEventListener("pageshow", (e) => { if (e.persisted) location.reload(); });

// Menus are <details>: a click elsewhere and Escape close them.
const menus = () => document.querySelectorAll("details.menu[open]");
addEventListener("click", (e) => { for (const m of menus()) if (!m.contains(e.target)) m.open = false; });
addEventListener("keydown", (e) => {
  if (e.key !== "Escape") return;
  for (const m of menus()) { m.open = false; m.querySelector("summary").focus(); }
});

// A form is sent once, however often its button is pressed.
addEventListener("submit", (e) => {
  if (e.target.dataset.sent) { e.preventDefault(); return; }
  e.target.dataset.sent = "1";
  setTimeout(() => { delete e.target.dataset.sent; }, 4000);
});

// A private link carries its token in the fragment, which browsers never send:
// the page's form takes it from there, and the address forgets it.
const link = document.querySelector("form[data-link]");
if (link && location.hash.length > 1) {
  link.elements.token.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname + location.search);
  link.submit();
}

// Fields that choose something send their form at once, where a button does so
// without scripts.
document.addEventListener("change", (e) => { if (e.target.matches("[data-sends]")) e.target.form.requestSubmit(); });

for (const b of document.querySelectorAll("[data-prints]")) b.addEventListener("click", () => print());
for (const b of document.querySelectorAll("[data-reloads]")) b.addEventListener("click", () => location.reload());
for (const b of document.querySelectorAll("[data-copies]")) {
  b.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(b.dataset.copies).innerText.trim());
    b.textContent = b.dataset.done;
  });
}

// Another tab has switched accounts or signed out: this page is another
// person's now. Forms of it are refused anyway; better to say so at once.
const account = root.dataset.account || "";
if ("BroadcastChannel" in window) {
  const channel = new BroadcastChannel("signoff-account");
  channel.onmessage = (e) => { if (e.data !== account) document.getElementById("other-account")?.removeAttribute("hidden"); };
  channel.postMessage(account);
}

// Times are written in the person's own time zone from the next page on.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone) document.cookie = `signoff_zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;
