/* Talking to the server: one way, with the token that forms bear. */
import { $ } from "./dom.js";

export const token = () => $('meta[name="csrf-token"]')?.content ?? "";

/** Fetch as this page; `method` other than GET and POST goes as ?_method=… like a plain form's. */
export function send(url, { method = "GET", body, headers = {}, ...rest } = {}) {
  const own = method === "GET" || method === "POST";
  const address = own ? url : `${url}${url.includes("?") ? "&" : "?"}_method=${method.toLowerCase()}`;
  return fetch(address, {
    method: method === "GET" ? "GET" : "POST",
    body,
    credentials: "same-origin",
    headers: { "X-CSRFToken": token(), "X-Requested-With": "fetch", ...headers },
    ...rest,
  });
}

/** The same, for an answer that is data; what the server refused is thrown with its status. */
export async function ask(url, options = {}) {
  const response = await send(url, { ...options, headers: { Accept: "application/json", ...options.headers } });
  if (!response.ok) throw Object.assign(new Error(response.statusText), { status: response.status });
  return response.status === 204 ? null : response.json();
}
