/* Money is read back in full as it is typed: 500万 is 5,000,000. The server reads the same forms, and decides. */
import { $, chinese, on, word } from "../dom.js";

const UNITS = { 万: 1e4, 亿: 1e8, 万元: 1e4, 亿元: 1e8, 元: 1, "": 1, m: 1e6, k: 1e3 };

export default (box) => {
  const input = $("input", box), echo = $("output", box);
  const show = () => {
    const found = /^\s*[¥￥]?\s*([\d,，]+(?:\.\d+)?)\s*(万元|亿元|万|亿|元|[mk])?\s*$/i.exec(input.value);
    const value = found ? Number(found[1].replace(/[,，]/g, "")) * UNITS[(found[2] ?? "").toLowerCase()] : NaN;
    if (!Number.isFinite(value)) { echo.textContent = ""; return; }
    const short = chinese && value >= 1e8 ? `（${value / 1e8} 亿元）` : chinese && value >= 1e4 ? `（${value / 1e4} 万元）` : "";
    echo.textContent = `= ${value.toLocaleString("en")} ${word("yuan")}${short}`;
  };
  show();
  return on(input, "input", show);
};
