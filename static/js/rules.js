/* What each kind of field takes, in the browser: the same declarations read by the same rules as campapp/core/form does.
   `read` answers {value}, with {gap: code, …} where a submission needs more of it, or {bad: code, …} or {undecided: true} where only the server can tell (a foreign telephone number,
   an amount in Chinese numerals). What it decides, the server decides likewise: a test holds the two together. */

import { capitals, exact, figure, less, money, number, rounds } from "./rules/figures.js";
import { Bad, Undecided, length, manyLines, oneLine, trim } from "./rules/text.js";
import { asked, lacking } from "./rules/asked.js";
import { credit, identity, link, phone } from "./rules/codes.js";
import { day } from "./rules/days.js";

export { asked, capitals, lacking, length, trim };

const READERS = { text: (f, t) => oneLine(t, f.longest || 200), long: (f, t) => manyLines(t, f.longest || 2000), number, money, date: day, link, phone, credit, identity };

/* ---- checks of a value that was read */
const MOST_ROWS = 50;
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
