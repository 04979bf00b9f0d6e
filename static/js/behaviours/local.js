/* A moment in the reader's own time, where it differs from the text that the server wrote in the park's. */
import { word } from "../dom.js";

export default (element) => {
  const at = new Date(element.dataset.at), offset = /([+-])(\d\d):(\d\d)$/.exec(element.dataset.at);
  const park = offset ? -(offset[1] === "-" ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3])) : 0;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const own = `${at.toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "medium" })} (${zone})`;
  if (at.getTimezoneOffset() === park) { if (element.dataset.add === undefined) element.textContent = word("same_time"); return; }
  if (element.dataset.add === undefined) element.textContent = own;
  else element.title = own;
};
