/* Counts on from the server's clock, which the page brings, to the end of the deadline's own second, which still counts;
   only then it says, once, that it is over. */
import { $, two, word } from "../dom.js";

export default (element) => {
  const began = performance.now(), { now, deadline } = element.dataset;
  const whole = (Math.floor(Date.parse(deadline) / 1000) + 1) * 1000 - Date.parse(now);
  const put = (key, text) => { const place = $(`[data-${key}]`, element); if (place) place.textContent = text; };
  const tick = () => {
    const left = whole - (performance.now() - began), s = Math.max(0, Math.floor(left / 1000));
    const d = Math.floor(s / 86400), h = Math.floor(s / 3600) % 24, m = Math.floor(s / 60) % 60;
    if (element.dataset.short !== undefined) {
      element.textContent = left > 0 ? `${d} ${word("days")} ${two(h)}:${two(m)}:${two(s % 60)}` : word("closed");
    } else {
      put("d", d); put("h", two(h)); put("m", two(m)); put("sec", two(s % 60));
    }
    if (left <= 0) { clearInterval(timer); element.dispatchEvent(new CustomEvent("deadline", { bubbles: true })); }
  };
  const timer = setInterval(tick, 1000);
  tick();
  return () => clearInterval(timer);
};
