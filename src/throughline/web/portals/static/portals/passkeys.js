// Starts the passkey forms of a page. What each needs stands in its data attributes, so that no page carries a script.
(function () {
  "use strict";
  var problem = document.querySelector("[data-passkey-problem]");
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    if (problem) {
      problem.hidden = false;
      problem.focus();
    }
  });
  if (!window.PublicKeyCredential) {
    return;
  }
  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    var said = form.dataset;
    var options = { ids: { credential: said.passkeyField, passwordless: said.passkeyAlone } };
    options.ids[{ addForm: "add", loginForm: "login", authenticateForm: "authenticate" }[said.passkey]] = said.passkeyButton;
    if (said.passkeyOptions) {
      options.data = JSON.parse(said.passkeyOptions);
    }
    form.hidden = false;
    window.allauth.webauthn.forms[said.passkey](options);
  });
})();
