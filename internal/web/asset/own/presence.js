// Counts of who is online, kept up to date while the page is open. Without it
// they are those of when the page was drawn.
const number = new Intl.NumberFormat("en");

for (const card of document.querySelectorAll("[data-presence]")) {
  const live = card.querySelector("[data-live]");
  const source = new EventSource(card.dataset.presence);
  const over = (why) => {
    source.close();
    live.hidden = true;
    card.querySelector(`[data-ended="${why}"]`).hidden = false;
  };
  source.addEventListener("crowd", (e) => {
    const now = JSON.parse(e.data);
    live.hidden = false;
    card.querySelector("[data-people]").textContent = number.format(now.people);
    card.querySelector("[data-more]").hidden = !now.more;
    for (const [kind, n] of Object.entries(now.devices)) card.querySelector(`[data-device="${kind}"]`).textContent = number.format(n);
  });
  source.addEventListener("end", (e) => over(JSON.parse(e.data).reason));
  source.addEventListener("error", () => {
    live.hidden = true; // the browser tries again by itself, unless the answer was no stream
    if (source.readyState === EventSource.CLOSED) over("stopped");
  });
}
