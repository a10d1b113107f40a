// How a page stands to its server: not reached, failing, or newer than the page.
// In every case the page says so and keeps what was typed.
const root = document.documentElement;
const show = (id, shown) => { const e = document.getElementById(id); if (e) e.hidden = !shown; };

const newer = (version) => { if (version && version !== root.dataset.version) show("newer", true); };

// A browser calls itself online behind a dead link, too: the server is asked.
let there = true;
let timer = 0;
const reached = (yes) => {
  there = yes;
  show("offline", !yes);
  clearTimeout(timer);
  if (!yes) timer = setTimeout(look, 5000);
};
async function look() {
  try {
    newer((await fetch("/version", { method: "HEAD", cache: "no-store" })).headers.get("Signoff-Version"));
    reached(true);
  } catch { reached(false); }
}
addEventListener("offline", () => reached(false));
addEventListener("online", look);
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") look(); });
setInterval(() => { if (document.visibilityState === "visible") look(); }, 10 * 60 * 1000);
for (const b of document.querySelectorAll("[data-looks]")) b.addEventListener("click", look);
if (!navigator.onLine) reached(false);

// A form that cannot arrive is not sent: the browser's own error page would take
// the place of what was typed. It goes as soon as the server is there again and
// somebody presses the button.
addEventListener("submit", async (e) => {
  if (there) return;
  e.preventDefault();
  e.stopImmediatePropagation();
  const { target, submitter } = e;
  await look();
  if (there) target.requestSubmit(submitter);
  else document.getElementById("offline")?.scrollIntoView({ block: "center" });
}, true);

// What was typed since the page was drawn.
const typed = (part) => [...part.querySelectorAll("input, textarea, select")].some((f) =>
  f.type === "checkbox" || f.type === "radio" ? f.checked !== f.defaultChecked
    : f.tagName === "SELECT" ? [...f.options].some((o) => o.selected !== o.defaultSelected)
      : f.type !== "hidden" && f.value !== f.defaultValue);

// A part of a page that comes anew takes the place of the old one only if it is
// whole, and if nobody is typing there.
document.body.addEventListener("htmx:beforeSwap", (e) => {
  const failed = e.detail.xhr.status >= 400;
  if (failed || typed(e.detail.target)) e.detail.shouldSwap = false;
  show("failed", failed);
});
document.body.addEventListener("htmx:afterRequest", (e) => {
  if (!e.detail.xhr.status) return;
  newer(e.detail.xhr.getResponseHeader("Signoff-Version"));
  reached(true);
});
for (const event of ["htmx:sendError", "htmx:timeout"]) document.body.addEventListener(event, () => reached(false));
