/* A list's toolbar: what is typed is asked for after a short rest, never while an input method composes; empty values stay out of the address. On a phone many filters are folded behind one button. */
import { $, all, on, sendForm } from "../dom.js";

export default (form) => {
  const box = $("input[type=search]", form);
  const more = $("[data-more]", form);
  const show = (shown) => {
    more.setAttribute("aria-expanded", shown);
    $(".filters", form).classList.toggle("folded", !shown);
  };
  if (more) {
    more.hidden = false;
    show(false);
  }
  let timer = 0;
  const later = (event) => {
    clearTimeout(timer);
    if (event.isComposing) return;
    timer = setTimeout(() => sendForm(form), 350);
  };
  return all(
    () => clearTimeout(timer),
    more && on(more, "click", () => show(more.getAttribute("aria-expanded") !== "true")),
    box && on(box, "input compositionend", later),
    on(form, "htmx:configRequest", (event) => {
      const values = event.detail.parameters;
      for (const name of Object.keys(values)) if (values[name] === "") delete values[name];
    }),
  );
};
