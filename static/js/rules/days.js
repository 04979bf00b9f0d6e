/* Days as people type them. */
import { Bad, Undecided, SPACES, foreign, trim } from "./text.js";

export const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
export const MONTH = "(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
export const WEEKDAY = "(?: *[(]?(?:星期|周|週)[一二三四五六日天][)]?)?";
export const DAYS = [
  `(?<year>\\d{4}) *年 *(?<month>\\d{1,2}) *月 *(?<day>\\d{1,2}) *[日号號]${WEEKDAY}`,
  `(?<year>\\d{4})(?<mark>[-/.])(?<month>\\d{1,2})\\k<mark>(?<day>\\d{1,2})(?!\\d)${WEEKDAY}`,
  "(?<year>\\d{4})(?<month>\\d{2})(?<day>\\d{2})(?!\\d)",
  `(?<day>\\d{1,2})(?:st|nd|rd|th)? +${MONTH},? +(?<year>\\d{4})`,
  `${MONTH} +(?<day>\\d{1,2})(?:st|nd|rd|th)?,? +(?<year>\\d{4})`,
].map((one) => new RegExp(`^(?:${one})`, "i"));
export const two = (n) => String(n).padStart(2, "0");

export const day = (field, text) => {
  const typed = trim([...text].slice(0, 200).join("").normalize("NFKC").replace(SPACES, " "));
  if (foreign(typed)) throw new Undecided();
  for (const pattern of DAYS) {
    const found = pattern.exec(typed);
    if (!found) continue;
    const { year, month, day: of } = found.groups;
    const m = /^\d+$/.test(month) ? Number(month) : MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1, d = Number(of), y = Number(year);
    const made = new Date(Date.UTC(2000, 0, 1));
    made.setUTCFullYear(y, m - 1, d);
    if (y < 1 || made.getUTCMonth() !== m - 1 || made.getUTCDate() !== d || m < 1 || d < 1) throw new Bad("calendar");
    if (y < 1900 || y > 2200) throw new Bad("year");
    if (trim(typed.slice(found[0].length))) throw new Bad("day");
    return `${year}-${two(m)}-${two(d)}`;
  }
  throw new Bad("day");
};
