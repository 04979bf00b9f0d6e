/* A list's toolbar: what is typed is asked for after a short rest, never while an input method composes; empty values stay out of the address. */
import { $, all, on, sendForm } from "../dom.js";

export default (form) => {
  const box = $("input[type=search]", form);
  let timer = 0;
  const later = (event) => {
    clearTimeout(timer);
    if (event.isComposing) return;
    timer = setTimeout(() => sendForm(form), 350);
  };
  return all(
    () => clearTimeout(timer),
    box && on(box, "input compositionend", later),
    on(form, "htmx:configRequest", (event) => {
      const values = event.detail.parameters;
      for (const name of Object.keys(values)) if (values[name] === "") delete values[name];
    }),
  );
};
