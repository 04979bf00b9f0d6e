/* A list behind a button: closes at a click elsewhere, at Esc, and when the focus leaves. */
import { $, all, on } from "../dom.js";

export default (menu) => all(
  on(document, "click", (event) => { if (menu.open && !menu.contains(event.target)) menu.open = false; }),
  on(menu, "keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    $("summary", menu).focus();
  }),
  on(menu, "focusout", (event) => { if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false; }),
);
