/* "Shown only if": of the boxes that narrow a condition, those that fit the question that was chosen. */
import { $, $$, on } from "../dom.js";

export default (form) => {
  const chosen = form.elements.when_key, compared = JSON.parse(form.dataset.compared);
  const show = (box, wanted) => {
    box.hidden = !wanted;
    for (const control of $$("input", box)) control.disabled = !wanted; // what is not shown is not sent
  };
  const look = () => {
    const answers = $('[data-field="when_is"]', form);
    const mine = answers ? $$("input", answers).filter((one) => one.value.startsWith(`${chosen.value}=`)) : [];
    if (answers) {
      show(answers, mine.length > 0);
      for (const one of $$("input", answers)) {
        one.closest("label").hidden = !mine.includes(one);
        one.disabled = !mine.includes(one);
      }
    }
    for (const name of ["when_least", "when_most"]) {
      const bound = $(`[data-field="${name}"]`, form);
      if (bound) show(bound, compared.includes(chosen.value));
    }
  };
  look();
  return on(chosen, "change", look);
};
