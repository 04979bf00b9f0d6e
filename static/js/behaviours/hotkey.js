/* The shortcut is the button: a key presses what is visible, never while writing, composing or in a dialog. */
import { on, resting, visible } from "../dom.js";

export default (button) => on(document, "keydown", (event) => {
  if (event.repeat || resting(event) || event.key !== button.dataset.key) return;
  if (button.disabled || button.getAttribute("aria-disabled") === "true" || !visible(button)) return;
  event.preventDefault();
  button.click();
});
