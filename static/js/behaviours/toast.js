/* Goes after ten seconds (three without undo), waits while hovered or focused; `u` undoes. */
import { $, all, on, resting } from "../dom.js";

export default (toast) => {
  const undo = $("[data-undo]", toast);
  let left = undo ? 10000 : 4000, since = 0, timer = 0;
  const go = () => { since = performance.now(); timer = setTimeout(() => toast.remove(), left); toast.classList.remove("paused"); };
  const wait = () => { clearTimeout(timer); left -= performance.now() - since; toast.classList.add("paused"); };
  go();
  return all(
    () => clearTimeout(timer),
    on(toast, "pointerenter focusin", wait),
    on(toast, "pointerleave focusout", () => { clearTimeout(timer); go(); }),
    on(document, "keydown", (event) => {
      if (undo && toast.isConnected && event.key === "u" && !resting(event)) { event.preventDefault(); undo.click(); }
    }),
    on(toast, "htmx:afterRequest", () => toast.remove()),
  );
};
