// Lets a form be sent with a passkey's answer (WebAuthn Level 3). The form says
// what is wanted, data-passkey="get" or "create", and what is asked: either
// data-question, the server's options as JSON, or data-asks, an address that
// gives them when the button is pressed. The answer goes into the hidden field
// "passkey"; what ties it to the question stays in a cookie that no script reads.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = (list) => list?.map((c) => ({ ...c, id: bytes(c.id) }));

const asked = (question) => {
  const o = question.publicKey ?? question;
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

const question = async (form) => {
  if (form.dataset.question) return JSON.parse(form.dataset.question);
  const answer = await fetch(form.dataset.asks, { method: "POST", body: new URLSearchParams(new FormData(form)), cache: "no-store" });
  if (!answer.ok) throw new Error("no question");
  return answer.json();
};

// Without passkeys in the browser the forms stay hidden, as they are without
// scripts.
for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!("PublicKeyCredential" in window)) break;
  form.hidden = false;
  form.closest("[data-with-passkey]")?.removeAttribute("hidden");
  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    e.stopPropagation(); // it is not sent yet
    const button = form.querySelector("button");
    const trouble = form.querySelector("[data-trouble]");
    if (trouble) trouble.hidden = true;
    button.disabled = true;
    try {
      const publicKey = asked(await question(form));
      const credential = form.dataset.passkey === "create" ? await navigator.credentials.create({ publicKey }) : await navigator.credentials.get({ publicKey });
      form.elements.passkey.value = JSON.stringify(answered(credential));
      form.submit();
    } catch { // refused, run out of time, or no such passkey: browsers do not say which
      if (trouble) trouble.hidden = false;
      button.disabled = false;
    }
  });
}
