import { element, size, time } from "./dom.js";

const list = document.querySelector("#inbox .list");
const empty = document.querySelector("#inbox .empty");
const reader = document.querySelector("#reader");
const facts = reader.querySelector("dl");
const news = document.querySelector("#mail-news");
const view = document.querySelector("#view");
const tabs = [...reader.querySelectorAll("[role=tab]")];
const narrow = window.matchMedia("(max-width: 59rem)");

let rows = [];
let known = null;
let mail = null;
let kind = "html";
let awaited = null;

/** The next mail with this subject is that of the flow that was started just now: it opens by itself. */
export function awaitMail(subject) {
  awaited = subject;
}

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
    const button = element("button", { type: "button", class: "row", tabindex: "-1", click: () => open(head, true) },
      element("b", {}, head.recipient), time(head.at), element("span", {}, head.subject || "(no subject)"));
    rows.push(element("li", { class: "unread" }, button));
    list.prepend(rows.at(-1));
  }
  rove(list.querySelector("[tabindex='0']") ?? list.querySelector("button"));
  if (known !== null && mails.length > known) {
    const fresh = mails.slice(known);
    news.textContent = fresh.map((one) => `New email to ${one.recipient}: ${one.subject}`).join(". ");
    const own = fresh.find((one) => one.subject === awaited);
    if (own || !mail) {
      awaited = null;
      open(own ?? fresh.at(-1), false);
    }
  }
  known = mails.length;
}

/** The list is one stop of the Tab key; arrow keys go through it. */
function rove(button) {
  for (const other of list.querySelectorAll("button")) {
    other.tabIndex = other === button ? 0 : -1;
  }
}

list.addEventListener("keydown", (event) => {
  const buttons = [...list.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to !== undefined && buttons[to]) {
    event.preventDefault();
    rove(buttons[to]);
    buttons[to].focus();
  }
});

async function open(head, asked) {
  const answer = await fetch(`/page/mails/${head.id}`);
  if (!answer.ok) {
    return;
  }
  mail = { ...head, ...(await answer.json()) };
  for (const [index, row] of rows.entries()) {
    row.firstChild.setAttribute("aria-current", index === head.id);
  }
  rows[head.id].classList.remove("unread");
  rove(rows[head.id].firstChild);
  reader.hidden = false;
  reader.querySelector("h3").textContent = mail.subject || "(no subject)";
  facts.replaceChildren(
    ...fact("From", mail.from), ...fact("To", mail.recipient),
    ...mail.attachments.flatMap((file, index) =>
      fact("File", element("a", { href: `/page/mail-files/${mail.id}/${index}`, download: file.name }, `${file.name}, ${file.type}, ${size(file.size)}`))));
  tabs[0].disabled = !mail.html;
  show(mail.html ? kind : kind === "html" ? "text" : kind);
  if (asked) {
    reader.querySelector("h3").focus();
  }
  if (asked && narrow.matches) {
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
    title: `Email: ${mail.subject}`,
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
