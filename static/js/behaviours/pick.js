/* A long list of names to choose from: what is typed above it leaves those that hold it or whose pinyin or initials begin so (bd: 百度). */
import { all, make, on, word } from "../dom.js";

const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");

export default (select) => {
  const options = [...select.options];
  const fits = (option, typed) => plain(option.text).includes(typed)
    || (option.dataset.letters ?? "").split(" ").some((letters) => letters.startsWith(typed));
  const box = make("input", { type: "search", className: "input dense pick", autocomplete: "off", placeholder: word("pick") });
  box.setAttribute("aria-label", `${select.labels[0]?.textContent ?? ""}: ${word("pick")}`);
  box.setAttribute("aria-controls", select.id);
  select.before(box);

  const show = (left) => {
    const chosen = select.value;
    select.replaceChildren(...left);
    select.value = left.some((option) => option.value === chosen) ? chosen : left.find((option) => option.value)?.value ?? "";
    if (select.value !== chosen) select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const typed = (event) => {
    if (event.isComposing) return;
    const wanted = plain(box.value);
    const left = options.filter((option) => fits(option, wanted));
    show(wanted && left.length ? left : options);
  };
  return all(
    () => { show(options); box.remove(); },
    on(box, "input compositionend", typed),
    on(box, "keydown", (event) => { if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); select.focus(); } }),
  );
};
