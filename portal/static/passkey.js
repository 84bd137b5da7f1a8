// The only script of the product: it hands what the page asks for to the device's passkeys, and what
// the device answers back to the page's own form. Without it everything works by codes.
"use strict";
(() => {
  const form = document.querySelector("form[data-passkey]");
  if (!form || !window.PublicKeyCredential) return;
  const asked = JSON.parse(form.dataset.passkey);
  const making = form.dataset.passkeyWay === "make";
  const button = form.querySelector("[data-passkey-button]");
  const said = form.querySelector("[data-passkey-said]");

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const text = (buffer) => {
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const credentials = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const request = () => {
    const wanted = { ...asked, challenge: bytes(asked.challenge) };
    if (!making) {
      wanted.allowCredentials = credentials(asked.allowCredentials);
      return navigator.credentials.get({ publicKey: wanted });
    }
    wanted.user = { ...asked.user, id: bytes(asked.user.id) };
    wanted.excludeCredentials = credentials(asked.excludeCredentials);
    return navigator.credentials.create({ publicKey: wanted });
  };

  const written = (found) => {
    const response = {};
    for (const name of [
      "clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle",
    ]) {
      if (found.response[name]) response[name] = text(found.response[name]);
    }
    return JSON.stringify({
      id: found.id, rawId: text(found.rawId), type: found.type, response, clientExtensionResults: {},
    });
  };

  button.hidden = false;
  button.addEventListener("click", async () => {
    said.hidden = true;
    try {
      form.elements.namedItem(form.dataset.passkeyField).value = written(await request());
      form.submit();
    } catch (refused) {
      said.hidden = false;
    }
  });
})();
