// Lets a form be sent with a passkey's answer (WebAuthn Level 3). A button says
// what is wanted, data-passkey="get" or "create", and what is asked: either
// data-question, the server's options as JSON, or data-asks, an address that
// gives them. The answer goes into the form's hidden field "passkey", and what
// ties it to its question into "step". With data-listens the browser may offer
// passkeys while an account's name is typed (conditional mediation).
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = (list) => list?.map((c) => ({ ...c, id: bytes(c.id) }));

const options = (o) => {
  const out = { ...o, challenge: bytes(o.challenge) };
  if (o.user) out.user = { ...o.user, id: bytes(o.user.id) };
  if (o.allowCredentials) out.allowCredentials = named(o.allowCredentials);
  if (o.excludeCredentials) out.excludeCredentials = named(o.excludeCredentials);
  return out;
};

const answered = (c) => {
  const r = c.response;
  const response = { clientDataJSON: text(r.clientDataJSON) };
  if (r.attestationObject) {
    response.attestationObject = text(r.attestationObject);
    response.transports = r.getTransports?.() ?? [];
  } else {
    response.authenticatorData = text(r.authenticatorData);
    response.signature = text(r.signature);
    if (r.userHandle) response.userHandle = text(r.userHandle);
  }
  const out = { id: c.id, rawId: text(c.rawId), type: c.type, response, clientExtensionResults: c.getClientExtensionResults() };
  if (c.authenticatorAttachment) out.authenticatorAttachment = c.authenticatorAttachment;
  return out;
};

// A server that refuses to ask says why, in the person's words.
class Refused extends Error {}

const asked = async (button) => {
  if (button.dataset.question) return { question: JSON.parse(button.dataset.question) };
  const answer = await fetch(button.dataset.asks, {
    method: "POST", cache: "no-store", headers: { "HX-Request": "true" },
    body: new URLSearchParams({ form_token: button.form.elements.form_token.value }),
  });
  const elsewhere = answer.headers.get("HX-Redirect");
  if (elsewhere) {
    location.assign(elsewhere);
    return new Promise(() => {}); // the page is left
  }
  if (!answer.ok) throw answer.headers.get("Content-Type")?.startsWith("text/html") ? new Refused(await answer.text()) : new Error("no question");
  return answer.json();
};

const send = (button, step, credential) => {
  const form = button.form;
  form.elements.passkey.value = JSON.stringify(answered(credential));
  if (step) form.elements.step.value = step;
  for (const field of form.querySelectorAll("[type=password]")) field.disabled = true; // it is not asked for
  if (button.hasAttribute("formaction")) form.action = button.formAction;
  form.submit();
};

// What waits in the browser's own list gives way to a button.
let waits = new AbortController();

const listen = async (button) => {
  if (document.visibilityState !== "visible") {
    document.addEventListener("visibilitychange", () => listen(button), { once: true });
    return;
  }
  waits = new AbortController();
  const { signal } = waits;
  try {
    const { step, question } = await asked(button);
    setTimeout(() => { // the server forgets its question soon: a new one
      if (signal.aborted) return;
      waits.abort();
      listen(button);
    }, 4 * 60 * 1000);
    signal.throwIfAborted();
    send(button, step, await navigator.credentials.get({ publicKey: options(question.publicKey), mediation: "conditional", signal }));
  } catch { /* nothing was chosen: the page is as it was */ }
};

const use = async (button) => {
  const within = button.closest("[data-with-passkey]");
  const tell = (name) => { for (const e of within.querySelectorAll("[data-trouble]")) e.hidden = e.dataset.trouble !== name; };
  waits.abort();
  tell("");
  button.disabled = true;
  try {
    const { step, question } = await asked(button);
    const publicKey = options(question.publicKey);
    send(button, step, button.dataset.passkey === "create" ? await navigator.credentials.create({ publicKey }) : await navigator.credentials.get({ publicKey }));
  } catch (e) { // refused, run out of time, or no such passkey: browsers do not say which
    button.disabled = false;
    if (e instanceof Refused) within.querySelector("[data-trouble=refused]").innerHTML = e.message;
    tell(e instanceof Refused ? "refused" : e.name === "InvalidStateError" ? "known" : "failed");
  }
};

if ("PublicKeyCredential" in window) {
  for (const button of document.querySelectorAll("button[data-passkey]")) {
    button.addEventListener("click", (e) => {
      e.preventDefault(); // the form is sent with the answer
      use(button);
    });
    if (button.hasAttribute("data-listens")) {
      PublicKeyCredential.isConditionalMediationAvailable?.().then((can) => { if (can) listen(button); });
    }
  }
}
