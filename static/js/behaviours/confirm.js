/* Asks before a form that destroys: names what goes, offers to keep it. Without script the form goes and can be undone. */
import { make, on, sendForm, word } from "../dom.js";

export default (form) => {
  let sure = false;
  return on(form, "submit", (event) => {
    if (sure) { sure = false; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    const { question, consequence, yes, no } = form.dataset, submitter = event.submitter;
    const title = make("h2", { id: "confirm-title", textContent: question });
    const keep = make("button", { type: "submit", value: "", className: "btn", textContent: no || word("keep") });
    const go = make("button", { type: "submit", value: "yes", className: "btn danger", textContent: yes || word("go_on") });
    const inner = make("form", { method: "dialog" }, title, make("p", { textContent: consequence ?? "" }), make("footer", {}, keep, go));
    const dialog = make("dialog", { className: "dialog" }, inner);
    dialog.setAttribute("aria-labelledby", "confirm-title");
    document.body.append(dialog);
    dialog.addEventListener("close", () => {
      const answer = dialog.returnValue;
      dialog.remove();
      if (answer === "yes") { sure = true; sendForm(form, submitter); } else submitter?.focus();
    });
    dialog.showModal();
  }, { capture: true });
};
