/* Money is read back in full as it is typed: 500万 is ¥5,000,000 (伍佰万元整). The server reads the same forms, and decides. */
import { $, chinese, on } from "../dom.js";
import { capitals, read } from "../rules.js";

export default (box) => {
  const input = $("input", box), echo = $("output", box), unit = box.dataset.unit || "元";
  const show = () => {
    const { value } = read({ kind: "money", unit }, input.value);
    echo.textContent = value === undefined ? "" : `= ¥${value.toLocaleString("en", { maximumFractionDigits: 2 })}${chinese ? `（${capitals(value)}）` : ""}`;
  };
  show();
  return on(input, "input", show);
};
