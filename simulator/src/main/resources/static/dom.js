/** An element with attributes and children. Strings become text, never HTML; null children are left out. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      made.addEventListener(name, value);
    } else if (value !== null && value !== false) {
      made.setAttribute(name, value === true ? "" : value);
    }
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

export const outside = { target: "_blank", rel: "noopener" };

/** A moment of today as people read it. */
export function time(instant) {
  const moment = new Date(instant);
  const text = moment.toLocaleTimeString("en-GB");
  return element("time", { datetime: instant, title: moment.toLocaleString() }, text);
}

export function size(bytes) {
  return bytes < 1024 ? `${bytes} bytes` : bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** JSON, indented and coloured; what is not JSON stays as it is. */
export function json(body) {
  let text;
  try {
    text = JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return [body];
  }
  const parts = [];
  let end = 0;
  for (const token of text.matchAll(TOKEN)) {
    const [all, string, colon] = token;
    parts.push(text.slice(end, token.index));
    const kind = colon ? "key" : string ? "string" : all === "null" ? "nothing" : "value";
    parts.push(element("span", { class: kind }, string ?? all), colon ?? "");
    end = token.index + all.length;
  }
  return [...parts, text.slice(end)];
}
