// Ends the pause of the account that the link belongs to, when the person says
// so. The link's token stands in the fragment of the address and leaves the
// browser only in the body of the request.
"use strict";
{
  const lang = document.documentElement.lang;
  const words = JSON.parse(document.body.dataset.words);
  const at = (id) => document.getElementById(id);

  async function resume() {
    at("notice").hidden = true;
    at("resume").disabled = true;
    try {
      const answer = await fetch("/v1/account/resume", {
        method: "POST",
        headers: { "Content-Type": "application/json", "Accept-Language": lang },
        body: JSON.stringify({ token: location.hash.slice(1) }),
        cache: "no-store",
        credentials: "omit",
      });
      if (!answer.ok) {
        const problem = await answer.json().catch(() => ({}));
        throw new Error(problem.detail || words.failed);
      }
      at("text").textContent = words.done;
      at("resume").hidden = true;
    } catch (failure) {
      // fetch itself fails with a TypeError, whose text is for developers.
      at("notice").textContent = failure instanceof TypeError ? words.failed : failure.message;
      at("notice").hidden = false;
      at("resume").disabled = false;
    }
  }

  at("resume").addEventListener("click", resume);
}
