/* A file is named with its size as soon as it is chosen; one that is too big is refused here, before it is sent. */
import { $, make, on, sized, word } from "../dom.js";

export default (drop) => {
  const input = $("input", drop), name = $("[data-file-name]", drop), field = drop.closest(".field");
  const limit = Number(drop.dataset.limit || 0), was = name.textContent;
  const complain = (text) => {
    $("[data-too-big]", field ?? drop.parentElement)?.remove();
    field?.classList.toggle("bad", Boolean(text) || Boolean($(".error", field)));
    if (text) drop.after(make("p", { className: "error", role: "alert", data: { tooBig: "" } }, make("span", { textContent: text })));
  };
  return on(input, "change", (event) => {
    const files = [...input.files], big = files.find((file) => limit && file.size > limit * 1048576);
    complain(big ? word("too_big", { name: big.name, size: sized(big.size)[0], limit }) : "");
    if (big) { input.value = ""; event.stopImmediatePropagation(); }
    name.textContent = input.files.length ? files.map((file) => `${file.name} · ${sized(file.size).join(" ")}`).join("，") : was;
  }, { capture: true });
};
