/* What a form would make, drawn by the server as it is typed; nothing is kept. */
import { $, all, on } from "../dom.js";
import { mountAll } from "../mount.js";
import { send } from "../send.js";

const WAIT = 400;

export default (form) => {
  const place = $(form.dataset.into);
  let timer = 0, asked = 0;
  const draw = async () => {
    const mine = asked += 1;
    try {
      const response = await send(form.dataset.preview, { method: "POST", body: new FormData(form) });
      if (!response.ok || mine !== asked) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      place.replaceChildren(...page.body.childNodes);
      mountAll(place, true);
    } catch { /* the next key asks again */ }
  };
  return all(
    () => clearTimeout(timer),
    on(form, "input change", (event) => {
      if (event.isComposing) return;
      clearTimeout(timer);
      timer = setTimeout(draw, WAIT);
    }),
  );
};
