/* Numbers and amounts: decimals as digits and places, so that nothing is rounded on the way. */
import { Bad, Undecided, SPACE, SPACES, foreign, oneLine, trim, wide } from "./text.js";

export const decimal = (text) => {
  const found = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text);
  const places = (found[3] ?? "").length;
  return { n: BigInt(`${found[1] === "-" ? "-" : ""}${found[2]}${found[3] ?? ""}` || "0"), places };
};
export const scaled = (one, power) => power <= one.places ? { n: one.n, places: one.places - power } : { n: one.n * 10n ** BigInt(power - one.places), places: 0 };
export const level = (a, b) => { const places = Math.max(a.places, b.places); return [a.n * 10n ** BigInt(places - a.places), b.n * 10n ** BigInt(places - b.places), places]; };
export const less = (a, b) => { const [x, y] = level(a, b); return x < y; };
export const plus = (a, b) => { const [x, y, places] = level(a, b); return { n: x + y, places }; };
export const rounds = (one, places) => one.places <= places || one.n % 10n ** BigInt(one.places - places) === 0n;
export const figure = (one) => Number(`${one.n}e-${one.places}`);
export const exact = (value) => {
  const text = String(value), e = /^(-?[\d.]+)e([+-]\d+)$/i.exec(text);
  return e ? scaled(decimal(e[1]), 0) && (Number(e[2]) >= 0 ? scaled(decimal(e[1]), Number(e[2])) : { n: decimal(e[1]).n, places: decimal(e[1]).places - Number(e[2]) }) : decimal(text);
};

export const number = (field, typed) => {
  const bare = oneLine(typed, 40).normalize("NFKC").replace(SPACES, "").replace(/,/g, "");
  if (!/^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$/.test(bare)) throw new Bad("number");
  return decimal(bare);
};
export const UNITS = { 元: 0, 万元: 4, 亿元: 8 }, SCALES = { 万亿: 12, 亿: 8, 千万: 7, 百万: 6, 十万: 5, 万: 4, 千: 3 };
export const ENGLISH = { trillion: 12, billion: 9, bn: 9, million: 6, mn: 6, m: 6, thousand: 3, k: 3 };
export const FIGURES = "\\d+(?:\\.\\d+)?|\\.\\d+";

export const parts = (typed) => {
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
export const money = (field, text) => {
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
