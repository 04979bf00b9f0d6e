/* What each kind of field takes, in the browser: the same declarations read by the same rules as campapp/core/form does.
   `read` answers {value}, with {gap: code, …} where a submission needs more of it, or {bad: code, …} or {undecided: true} where only the server can tell (a foreign telephone number,
   an amount in Chinese numerals). What it decides, the server decides likewise: a test holds the two together. Imports
   nothing, so that the test can ask it alone. */

const SPACE = "\\t\\n\\v\\f\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const OUTER = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g"), SPACES = new RegExp(`[${SPACE}]+`, "g");
const HALF = /\p{Cs}/u, NONCHARACTER = /[\ufdd0-\ufdef\ufffd-\uffff]/;
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/, TURNING = /[\u202a-\u202e\u2066-\u2069]/;
const LONGEST = { text: 200, long: 2000 }, MOST_ROWS = 50;
export const GIVEN = ["file", "letter"];

export const trim = (text) => text.replace(OUTER, "");
/* Figures of other scripts, which the server reads as well. */
const foreign = (text) => /\p{Nd}/u.test(text.replace(/[0-9]/g, ""));
const wide = (text) => [...text].length;

/** Characters as the server counts them: composed, line ends as one. */
export const length = (text) => wide(text.replace(/\r\n?/g, "\n").normalize("NFC"));

class Bad extends Error {
  constructor(bad, values = {}) { super(bad); this.said = { bad, ...values }; }
}
class Undecided extends Error {}

const checked = (text, longest) => {
  if (wide(text) > 4 * longest + 100) throw new Bad("long", { found: wide(text), longest });
  if (HALF.test(text) || NONCHARACTER.test(text)) throw new Bad("damaged");
  if (CONTROL.test(text) || TURNING.test(text)) throw new Bad("control");
  const found = length(trim(text.normalize("NFC")));
  if (found > longest) throw new Bad("long", { found, longest });
  return text.normalize("NFC");
};
const oneLine = (typed, longest) => {
  const text = checked(typed, longest);
  if (/[\n\r\t\u2028\u2029]/.test(trim(text))) throw new Bad("line");
  return trim(text);
};
const manyLines = (typed, longest) =>
  checked(typed.replace(/\r\n?|\u2028|\u2029/g, "\n"), longest).replace(/^[\n ]+|[\n ]+$/g, "");

/* ---- figures: decimals as [sign, digits, places], so that nothing is rounded on the way */
const decimal = (text) => {
  const found = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text);
  const places = (found[3] ?? "").length;
  return { n: BigInt(`${found[1] === "-" ? "-" : ""}${found[2]}${found[3] ?? ""}` || "0"), places };
};
const scaled = (one, power) => power <= one.places ? { n: one.n, places: one.places - power } : { n: one.n * 10n ** BigInt(power - one.places), places: 0 };
const level = (a, b) => { const places = Math.max(a.places, b.places); return [a.n * 10n ** BigInt(places - a.places), b.n * 10n ** BigInt(places - b.places), places]; };
const less = (a, b) => { const [x, y] = level(a, b); return x < y; };
const plus = (a, b) => { const [x, y, places] = level(a, b); return { n: x + y, places }; };
const rounds = (one, places) => one.places <= places || one.n % 10n ** BigInt(one.places - places) === 0n;
const figure = (one) => Number(`${one.n}e-${one.places}`);
const exact = (value) => {
  const text = String(value), e = /^(-?[\d.]+)e([+-]\d+)$/i.exec(text);
  return e ? scaled(decimal(e[1]), 0) && (Number(e[2]) >= 0 ? scaled(decimal(e[1]), Number(e[2])) : { n: decimal(e[1]).n, places: decimal(e[1]).places - Number(e[2]) }) : decimal(text);
};

const number = (field, typed) => {
  const bare = oneLine(typed, 40).normalize("NFKC").replace(SPACES, "").replace(/,/g, "");
  if (!/^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$/.test(bare)) throw new Bad("number");
  return decimal(bare);
};
const UNITS = { 元: 0, 万元: 4, 亿元: 8 }, SCALES = { 万亿: 12, 亿: 8, 千万: 7, 百万: 6, 十万: 5, 万: 4, 千: 3 };
const ENGLISH = { trillion: 12, billion: 9, bn: 9, million: 6, mn: 6, m: 6, thousand: 3, k: 3 };
const FIGURES = "\\d+(?:\\.\\d+)?|\\.\\d+";

const parts = (typed) => {
  const bare = typed.replace(SPACES, ""), part = new RegExp(`(${FIGURES})(万亿|千万|百万|十万|[万亿千])?`, "y");
  let total = decimal("0"), last = 99;
  while (part.lastIndex < bare.length) {
    const found = part.exec(bare), power = found ? SCALES[found[2]] ?? 0 : 0;
    if (!found || power >= last) return null;
    total = plus(total, scaled(decimal(found[1]), power));
    last = power;
  }
  return bare ? total : null;
};
const money = (field, text) => {
  const typed = trim(text.normalize("NFKC"));
  if (foreign(typed)) throw new Undecided();
  let bare = typed.replace(new RegExp(`^(?:人民币|RMB|CNY|CN¥|¥|￥)[${SPACE}]*`, "i"), "");
  if (/^[-−]/.test(bare)) throw new Bad("negative");
  bare = bare.replace(new RegExp(`[${SPACE}]*(?:YUAN|元整|圆整|元|圆|整)$`, "i"), "");
  const named = bare !== typed;
  bare = bare.replace(/，/g, ",").replace(/\d{1,3}(?:,\d{3})+(?!\d)/g, (found) => found.replace(/,/g, ""));
  if (wide(bare) > 40) throw new Bad("money");
  if (/^[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟点]+$/.test(bare)) throw new Undecided();
  const english = new RegExp(`^(${FIGURES})[${SPACE}]*([a-z]+)$`).exec(bare.toLowerCase());
  let value = english ? (english[2] in ENGLISH ? scaled(decimal(english[1]), ENGLISH[english[2]]) : null) : parts(bare);
  if (!value) throw new Bad("money");
  if (!named && new RegExp(`^(?:${FIGURES})$`).test(bare)) value = scaled(value, UNITS[field.unit] ?? 0);
  if (!less(value, { n: 10n ** 14n, places: 0 })) throw new Bad("too_large");
  if (!rounds(value, 2)) throw new Bad("cents");
  return value;
};

/* ---- days */
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH = "(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
const WEEKDAY = "(?: *[(]?(?:星期|周|週)[一二三四五六日天][)]?)?";
const DAYS = [
  `(?<year>\\d{4}) *年 *(?<month>\\d{1,2}) *月 *(?<day>\\d{1,2}) *[日号號]${WEEKDAY}`,
  `(?<year>\\d{4})(?<mark>[-/.])(?<month>\\d{1,2})\\k<mark>(?<day>\\d{1,2})(?!\\d)${WEEKDAY}`,
  "(?<year>\\d{4})(?<month>\\d{2})(?<day>\\d{2})(?!\\d)",
  `(?<day>\\d{1,2})(?:st|nd|rd|th)? +${MONTH},? +(?<year>\\d{4})`,
  `${MONTH} +(?<day>\\d{1,2})(?:st|nd|rd|th)?,? +(?<year>\\d{4})`,
].map((one) => new RegExp(`^(?:${one})`, "i"));
const two = (n) => String(n).padStart(2, "0");

const day = (field, text) => {
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

/* ---- codes */
const code = (text) => {
  const found = oneLine(text, 200).normalize("NFKC");
  if (/^[+-]?\d+(?:\.\d+)?E[+-]?\d+$/i.test(found)) throw new Bad("exponent");
  return found;
};
const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const credit = (field, typed) => {
  const found = code(typed).replace(new RegExp(`[${SPACE}\\-–—]`, "g"), "").toUpperCase();
  if (/[^\x00-\x7f]/.test(found)) throw new Undecided();
  if (found.length !== 18) throw new Bad("credit_length", { n: found.length });
  const digits = [...found].map((one) => ALPHABET.indexOf(one));
  if (!/^\d{8}/.test(found) || digits.includes(-1)) throw new Bad("credit");
  const total = digits.slice(0, 17).reduce((sum, one, i) => sum + one * (3 ** i % 31), 0);
  if ((31 - total % 31) % 31 !== digits[17]) throw new Bad("credit");
  return found;
};
const CARD = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const identity = (field, typed) => {
  const found = code(typed).replace(new RegExp(`[${SPACE}\\-–—]`, "g"), "").toUpperCase();
  if (/[^\x00-\x7f]/.test(found)) throw new Undecided();
  if (/^[0-9]{17}[0-9X]$/.test(found)) {
    const total = CARD.reduce((sum, weight, i) => sum + weight * Number(found[i]), 0);
    if ("10X98765432"[total % 11] !== found[17]) throw new Bad("identity_check");
    return found;
  }
  if (!/^[A-Z0-9]{5,15}$/.test(found)) throw new Bad("identity");
  return found;
};
const phone = (field, typed) => {
  const found = code(typed);
  if (!/\p{Nd}/u.test(found)) throw new Undecided();
  const bare = found.replace(/^00/, "+").replace(/[\s()-]/g, "");
  if (!/^(?:\+86)?1\d{10}$/.test(bare)) throw new Undecided();
  if (!/^(?:\+86)?1[3-9]/.test(bare)) throw new Bad("phone");
  throw new Undecided(); // which of the ranges are given out, only the server's table knows
};
const link = (field, typed) => {
  const found = oneLine(typed, 500);
  if (!/^https?:\/\//.test(found) || new RegExp(`[${SPACE}]`).test(found) || wide(found) < 11) throw new Bad("link");
  return found;
};

const READERS = { text: (f, t) => oneLine(t, f.longest || 200), long: (f, t) => manyLines(t, f.longest || 2000), number, money, date: day, link, phone, credit, identity };

/* ---- checks of a value that was read */
const bounds = (field, value) => {
  const least = exact(field.least ?? (field.kind === "money" ? 0 : -1e12)), most = exact(field.most ?? (field.kind === "money" ? 1e14 : 1e12));
  if (less(value, least) || less(most, value)) throw new Bad("bounds", { least: figure(least), most: figure(most) });
  if (field.decimals !== undefined && !rounds(value, field.decimals)) throw new Bad(field.decimals === 0 ? "whole" : "decimals", { n: field.decimals });
  return figure(value);
};
const within = (field, value) => {
  if (field.least && value < field.least) throw new Bad("from", { day: field.least });
  if (field.most && value > field.most) throw new Bad("until", { day: field.most });
  return value;
};
const listed = (field, chosen) => {
  const values = field.choices.map((one) => one.value);
  if (!chosen.every((one) => values.includes(one))) throw new Bad("listed");
  if (field.kind === "choices" && field.most && chosen.length > field.most) throw new Bad("many", { n: field.most });
};
const CHECKS = { number: bounds, money: bounds, date: within };

const control = (field, typed) => {
  if (field.kind === "choice") { if (!trim(typed)) return undefined; listed(field, [typed]); return typed; }
  if (!trim(typed)) return undefined;
  const value = READERS[field.kind](field, typed);
  return CHECKS[field.kind] ? CHECKS[field.kind](field, value) : value || undefined;
};
const table = (field, typed) => {
  const rows = typed.map((row) => Object.fromEntries(field.columns.map((column) => [column.key, control(column, row[column.key] ?? "")]).filter(([, value]) => value !== undefined)))
    .filter((row) => Object.keys(row).length);
  if (!rows.length) return undefined;
  const most = Math.min(field.most || MOST_ROWS, MOST_ROWS);
  if (rows.length > most) throw new Bad("many_rows", { n: most });
  return rows;
};

/* What only a submission needs: a draft may stop in the middle of a row. */
const gap = (field, value) => {
  if (field.kind === "choices" && value?.length < (field.least || 0)) return { gap: "few", n: field.least };
  if (field.kind !== "table" || !value) return {};
  if (value.length < (field.least || 0)) return { gap: "few_rows", n: field.least };
  return value.some((row) => field.columns.some((column) => column.required && row[column.key] === undefined)) ? { gap: "row" } : {};
};

/** What was typed into a field: text, a list of chosen values, rows of text by column, or a tick. */
export const read = (field, typed) => {
  try {
    if (field.kind === "choices") { if (!typed.length) return {}; listed(field, typed); return { value: typed, ...gap(field, typed) }; }
    if (field.kind === "consent") return typed ? { value: true } : {};
    const value = field.kind === "table" ? table(field, typed) : control(field, typed ?? "");
    return { value, ...gap(field, value) };
  } catch (problem) {
    if (problem instanceof Undecided) return { undecided: true };
    if (problem instanceof Bad) return problem.said;
    throw problem;
  }
};

/* ---- which fields are asked */
const empty = (value) => value === undefined || value === null || value === "" || (Array.isArray(value) && !value.length);
const holds = (when, value) => {
  if (empty(value)) return false;
  if (when.is) return (Array.isArray(value) ? value : [value]).some((one) => when.is.includes(one));
  if (typeof value !== "number") return Boolean(when.answered);
  return !(when.least !== undefined && less(exact(value), exact(when.least))) && !(when.most !== undefined && less(exact(when.most), exact(value)));
};

/** The keys of the fields that are asked, given the answers so far. */
export const asked = (fields, answers) => {
  const found = new Set();
  for (const { key, when } of fields) if (!when || (found.has(when.key) && holds(when, answers[when.key]))) found.add(key);
  return found;
};

/** The keys of the required fields that have no answer yet. */
export const lacking = (fields, answers, files) => {
  const live = asked(fields, answers);
  return fields.filter(({ key, kind, required }) => required && live.has(key) && (GIVEN.includes(kind) ? !files.includes(key) : empty(answers[key]))).map(({ key }) => key);
};

/* ---- money in full */
const DIGITS = [..."零壹贰叁肆伍陆柒捌玖"];
const thousand = (n) => {
  let said = "", gap = false;
  for (const [size, word] of [[1000, "仟"], [100, "佰"], [10, "拾"], [1, ""]]) {
    const digit = Math.floor(n / size) % 10;
    if (digit) said += (gap ? "零" : "") + DIGITS[digit] + word;
    gap = !digit && Boolean(said);
  }
  return said;
};
const groups = (n) => {
  const high = Math.floor(n / 1e4), low = n % 1e4;
  if (!high) return thousand(low);
  return `${thousand(high)}万${low ? (low < 1000 ? "零" : "") + thousand(low) : ""}`;
};

/** 伍佰万元整: an amount as it stands in contracts. */
export const capitals = (value) => {
  const cents = Math.round(value * 100), whole = Math.floor(cents / 100), jiao = Math.floor(cents / 10) % 10, fen = cents % 10;
  const high = Math.floor(whole / 1e8), low = whole % 1e8;
  const said = `${high ? `${groups(high)}亿` : ""}${low ? (high && low < 1e7 ? "零" : "") + groups(low) : ""}`;
  const tail = `${jiao ? `${DIGITS[jiao]}角` : fen && said ? "零" : ""}${fen ? `${DIGITS[fen]}分` : ""}` || "整";
  return said || tail === "整" ? `${said || "零"}元${tail}` : tail;
};
