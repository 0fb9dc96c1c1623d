import { element, size, time } from "./dom.js";

const list = document.querySelector("#inbox .list");
const empty = document.querySelector("#inbox .empty");
const reader = document.querySelector("#reader");
const facts = reader.querySelector("dl");
const view = document.querySelector("#view");
const tabs = [...reader.querySelectorAll("[role=tab]")];
const narrow = window.matchMedia("(max-width: 59rem)");

let rows = [];
let known = null;
let mail = null;
let kind = "html";

/** Shows the mails, newest first. The first one that comes opens by itself. */
export function showMails(mails) {
  empty.hidden = mails.length > 0;
  if (mails.length < rows.length) {
    // the simulator was started again
    rows.forEach((row) => row.remove());
    rows = [];
    mail = null;
    reader.hidden = true;
  }
  for (const head of mails.slice(rows.length)) {
    const button = element("button", { type: "button", class: "row", click: () => open(head, true) },
      element("b", {}, head.recipient), time(head.at), element("span", {}, head.subject || "(no subject)"));
    rows.push(element("li", { class: "unread" }, button));
    list.prepend(rows.at(-1));
  }
  if (!mail && known !== null && mails.length > known) {
    open(mails.at(-1), false);
  }
  known = mails.length;
}

async function open(head, asked) {
  const answer = await fetch(`/page/mails/${head.id}`);
  if (!answer.ok) {
    return;
  }
  mail = { ...head, ...(await answer.json()) };
  for (const [place, row] of rows.entries()) {
    row.firstChild.setAttribute("aria-current", place === head.id);
  }
  rows[head.id].classList.remove("unread");
  reader.hidden = false;
  reader.querySelector("h3").textContent = mail.subject || "(no subject)";
  facts.replaceChildren(
    ...fact("From", mail.from), ...fact("To", mail.recipient),
    ...mail.attachments.flatMap((file) => fact("File", `${file.name}, ${file.type}, ${size(file.size)}`)));
  tabs[0].disabled = !mail.html;
  show(mail.html ? kind : kind === "html" ? "text" : kind);
  if (asked && narrow.matches) {
    reader.querySelector("h3").focus();
    reader.scrollIntoView();
  }
}

function fact(name, value) {
  return [element("dt", {}, name), element("dd", {}, value)];
}

function show(as) {
  for (const tab of tabs) {
    const selected = tab.id === `tab-${as}`;
    tab.setAttribute("aria-selected", selected);
    tab.tabIndex = selected ? 0 : -1;
  }
  view.setAttribute("aria-labelledby", `tab-${as}`);
  view.className = as;
  view.replaceChildren(as === "html" ? frame() : element("pre", {}, as === "text" ? mail.text : mail.source));
}

/** The mail's HTML cannot run scripts nor load anything: its own policy and the sandbox see to that. */
function frame() {
  const made = element("iframe", {
    title: `Mail: ${mail.subject}`,
    sandbox: "allow-same-origin allow-popups allow-popups-to-escape-sandbox",
    src: `/page/mail-html/${mail.id}`,
    load: () => fit(made),
  });
  return made;
}

function fit(frame) {
  const page = frame?.contentDocument?.documentElement;
  if (page) {
    frame.style.height = "0";
    frame.style.height = `${page.scrollHeight}px`;
  }
}

window.addEventListener("resize", () => fit(view.querySelector("iframe")));
for (const tab of tabs) {
  tab.addEventListener("click", () => {
    kind = tab.id.slice("tab-".length);
    show(kind);
  });
}
reader.querySelector("[role=tablist]").addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const usable = tabs.filter((tab) => !tab.disabled);
  if (step) {
    const next = usable.at((usable.indexOf(document.activeElement) + step) % usable.length);
    next.click();
    next.focus();
  }
});
