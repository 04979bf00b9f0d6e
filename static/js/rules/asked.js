/* Which fields are asked, and what is still lacking. */
import { exact, less } from "./figures.js";

export const GIVEN = ["file", "letter"];

const empty = (value) => value === undefined || value === null || value === "" || (Array.isArray(value) && !value.length);
const holds = (when, value) => {
  if (empty(value)) return false;
  if (when.is) return (Array.isArray(value) ? value : [value]).some((one) => when.is.includes(one));
  if (typeof value === "string" && (when.least !== undefined || when.most !== undefined)) { // a day; its digits compare as text
    return !(when.least !== undefined && value < when.least) && !(when.most !== undefined && value > when.most);
  }
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
