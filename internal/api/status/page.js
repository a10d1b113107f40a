// Shows the closure that the private link belongs to. The link's token stands
// in the fragment of the address and leaves the browser only as a header.
"use strict";
{
  const lang = document.documentElement.lang;
  const words = JSON.parse(document.body.dataset.words);
  const at = (id) => document.getElementById(id);
  const token = () => location.hash.slice(1);
  const every = 30000; // milliseconds between looks, while something can change
  let timer;

  async function ask(method, path) {
    const answer = await fetch(path, {
      method,
      headers: { Authorization: `Bearer ${token()}`, "Accept-Language": lang },
      cache: "no-store",
      credentials: "omit",
    });
    if (!answer.ok) {
      const problem = await answer.json().catch(() => ({}));
      const failure = new Error(problem.detail || words.failed);
      failure.final = answer.status === 401;
      throw failure;
    }
    return answer;
  }

  function complain(failure) {
    // fetch itself fails with a TypeError, whose text is for developers.
    at("notice").textContent = failure instanceof TypeError ? words.offline : failure.message;
    at("notice").hidden = false;
    at("loading").hidden = true;
    if (failure.final) at("closure").hidden = true;
  }

  const instant = (text) =>
    new Intl.DateTimeFormat(lang, { dateStyle: "long", timeStyle: "short" }).format(new Date(text));
  const amount = (n, unit) =>
    new Intl.NumberFormat(lang, { style: "unit", unit, unitDisplay: "long" }).format(n);

  function left(hours) {
    const days = Math.floor(hours / 24);
    const rest = hours % 24;
    const parts = [];
    if (days > 0) parts.push(amount(days, "day"));
    if (rest > 0 || days === 0) parts.push(amount(rest, "hour"));
    return parts.join(" ");
  }

  function fact(name, value, late) {
    const term = document.createElement("dt");
    const detail = document.createElement("dd");
    term.textContent = name;
    detail.textContent = value;
    if (late) detail.className = "late";
    at("facts").append(term, detail);
  }

  function facts(c) {
    at("facts").replaceChildren();
    fact(words.requested_at, instant(c.requested_at));
    if (c.state === "in_review" && c.review_due_at) fact(words.review_due_at, instant(c.review_due_at), c.overdue);
    if (c.can_withdraw && c.cooling_until) fact(words.cooling_until, instant(c.cooling_until));
    if (c.state === "erasing" && c.deadline_at) fact(words.deadline_at, instant(c.deadline_at), c.overdue);
    if (c.ended_at) fact(words.ended_at, instant(c.ended_at));
    if (c.overdue) fact(words.overdue, words.overdue_detail, true);
  }

  function line(happening) {
    const item = document.createElement("li");
    const time = document.createElement("time");
    time.dateTime = happening.at;
    time.textContent = instant(happening.at);
    item.append(words[`event_${happening.event}`] || happening.event, time);
    return item;
  }

  function show(c) {
    at("notice").hidden = true;
    at("loading").hidden = true;
    at("policy").textContent = c.title;
    at("state").textContent = words[`state_${c.state}`] || c.state;
    at("message").textContent = c.message || "";
    at("reason").textContent = c.reason ? `${words.reason}${c.reason}` : "";
    at("reason").hidden = !c.reason;
    at("left").hidden = c.hours_left === undefined;
    if (c.hours_left !== undefined) at("left-time").textContent = left(c.hours_left);
    facts(c);
    at("withdraw").hidden = !c.can_withdraw;
    at("certificate").hidden = !c.certificate;
    at("timeline").replaceChildren(...c.timeline.map(line));
    at("closure").hidden = false;
    clearTimeout(timer);
    if (!c.ended_at) timer = setTimeout(look, every);
  }

  async function look() {
    clearTimeout(timer);
    if (!token().startsWith("soc_")) {
      complain(Object.assign(new Error(words.no_token), { final: true }));
      return;
    }
    try {
      show(await (await ask("GET", "/v1/closure-status")).json());
    } catch (failure) {
      complain(failure);
      if (!failure.final) timer = setTimeout(look, every);
    }
  }

  async function withdraw() {
    at("sure").close();
    at("withdraw").disabled = true;
    try {
      show(await (await ask("POST", "/v1/closure-status/withdraw")).json());
    } catch (failure) {
      await look();
      complain(failure);
    }
    at("withdraw").disabled = false;
  }

  async function certificate() {
    try {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await (await ask("GET", "/v1/closure-status/certificate")).blob());
      link.download = "closure-certificate.json";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    } catch (failure) {
      complain(failure);
    }
  }

  at("withdraw").addEventListener("click", () => at("sure").showModal());
  at("sure-yes").addEventListener("click", withdraw);
  at("sure-no").addEventListener("click", () => at("sure").close());
  at("certificate").addEventListener("click", certificate);
  for (const link of document.querySelectorAll("a.language")) {
    // The fragment has to come along, or the other language would know no token.
    link.addEventListener("click", () => { link.hash = location.hash; });
  }
  addEventListener("hashchange", look);
  look();
}
