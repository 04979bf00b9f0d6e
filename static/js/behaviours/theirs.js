/* Two wrote in one field: take what the other wrote, or let one's own stand and be saved again. */
import { $, on } from "../dom.js";

export default (box) => on(box, "click", (event) => {
  const button = event.target.closest("button"), control = document.getElementById(box.dataset.for);
  if (!button || !control) return;
  if (button.dataset.take !== undefined) control.value = $("[data-theirs-text]", box.closest(".notice")).textContent;
  else control.dispatchEvent(new Event("change", { bubbles: true }));
  (box.closest("[data-theirs]") ?? box.closest(".notice")).remove();
  control.focus();
});
