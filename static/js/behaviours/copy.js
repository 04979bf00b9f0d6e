/* Copies the link or text beside the button; where the clipboard is closed the field is shown and selected instead. */
import { $, on, word } from "../dom.js";
import { say } from "../say.js";

export default (box) => {
  const field = $("input, textarea", box);
  return on($("button", box), "click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      say(word("copied"));
    } catch {
      field.dataset.needed = "";
      field.focus();
      field.select();
      say(word("copy_by_hand"));
    }
  });
};
