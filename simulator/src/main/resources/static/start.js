import { element } from "./dom.js";
import { awaitMail } from "./inbox.js";

const purchase = {
  action: "DECISION",
  From: "flow@example.com",
  "From Name": "Purchasing flow",
  To: "anna@example.com",
  Subject: "Purchase order 4711",
  Body: "Ten chairs for 1,200 euros, delivered next week.\n\nMay we order them?",
  Outcomes: "Approve\nReject",
  Timeout: "3 days",
  "Timeout Outcome": "Reject",
  Comments: "optional",
};

/** The texts of the worked examples in Boomi's documentation. */
const worked = {
  Subject: "This is the subject of the email.",
  Body: "Hello. This is the body of the email.",
  Steps: "The email was sent.",
};

const presets = {
  "Approve a purchase": {
    about: "One person decides within three days, with a comment if they like.",
    ...purchase,
  },
  "Two of three": {
    about: "Two of three must approve, anyone can veto; remind daily, reject after five days.",
    ...purchase,
    To: "anna@example.com\nben@example.com\ncarla@example.com",
    Subject: "New supplier: Nordic Chairs",
    Body: "Nordic Chairs would replace our present supplier from January.\n\nTwo of you must approve; each of you can veto.",
    "Answers Needed": "2",
    "Veto Outcome": "Reject",
    "Remind Every": "1 day",
    Timeout: "5 days",
  },
  "Time runs out": {
    about: "Answer nothing: a reminder comes after 10 seconds, and after 30 the flow goes on by itself.",
    ...purchase,
    Subject: "A table for two at eight?",
    Body: "The restaurant keeps the table for half a minute.",
    Outcomes: "Yes\nNo",
    "Remind Every": "10 seconds",
    Timeout: "30 seconds",
    "Timeout Outcome": "No",
    Comments: "",
  },
  "Sending a simple email": {
    about: "As Boomi documents it: a message, then a step. The flow goes on at once.",
    action: "SIMPLE",
    From: "flow@example.com",
    To: "anna@example.com\nben@example.com",
    ...worked,
  },
  "Sending an email with a decision request": {
    about: "As Boomi documents it: a message with the outcomes Approve and Reject and one for faults, which nobody is offered; a step behind each.",
    ...purchase,
    ...worked,
    "Fault Outcome": true,
    Steps: "This is approved.\nThis is rejected.\nNobody could be asked.",
    Timeout: "",
    "Timeout Outcome": "",
    Comments: "",
  },
  "Sending email attachments": {
    about: "As Boomi documents it: a page uploads the file, an operator adds it to a list, a message sends the list, then a step. Choose your own file, up to 25 MB.",
    action: "EMAIL",
    From: "flow@example.com",
    To: "anna@example.com",
    ...worked,
    file: ["invoice-2041.csv", "item,pieces,euros\nchair,10,1200.00\n", "text/csv"],
  },
};

const form = document.querySelector("#start form");
const refusal = document.querySelector("#refusal");
const button = form.querySelector("button.primary");

function fill(name) {
  const preset = presets[name];
  form.reset();
  for (const field of form.elements) {
    if (field.name === "action") {
      field.checked = field.value === preset.action;
    } else if (field.type === "checkbox") {
      field.checked = Boolean(preset[field.name]);
    } else if (field.type !== "file" && field.name && field.name !== "Language") {
      field.value = preset[field.name] ?? "";
    }
  }
  const chosen = new DataTransfer();
  if (preset.file) {
    const [file, content, type] = preset.file;
    chosen.items.add(new File([content], file, { type }));
  }
  form.elements.Attachments.files = chosen.files;
  document.querySelector("#about").textContent = preset.about;
  for (const other of document.querySelectorAll("#presets button")) {
    other.setAttribute("aria-pressed", other.textContent === name);
  }
  adapt();
}

/** Shows the fields that the chosen action has; hidden ones are not sent. */
function adapt() {
  const action = form.elements.action.value;
  for (const part of form.querySelectorAll("[data-for]")) {
    part.hidden = !part.dataset.for.split(" ").includes(action);
    for (const field of part.querySelectorAll("input, textarea, select")) {
      field.disabled = part.hidden;
    }
  }
  const outcomes = form.elements.Outcomes.value.split("\n").filter((line) => line.trim());
  document.querySelector("#outcomes").replaceChildren(...outcomes.map((value) => element("option", { value })));
  for (const area of form.querySelectorAll("textarea")) {
    area.rows = Math.min(Math.max(area.value.split("\n").length, 1), 6);
  }
}

/** Says what is wrong: beside the field that the sentence names, else beside the button. */
function refuse(sentence) {
  form.querySelectorAll(".field-problem").forEach((old) => old.remove());
  form.querySelectorAll("[aria-invalid]").forEach((field) => {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  });
  const field = sentence && named(sentence);
  refusal.textContent = field ? "" : sentence;
  refusal.hidden = !refusal.textContent;
  if (field) {
    field.closest("label").after(element("p", { class: "problem field-problem", id: "field-problem" }, sentence));
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", "field-problem");
    unfold(field);
    field.focus();
  }
}

/** The field whose name stands first in a sentence; of two at one index the longer one. */
function named(sentence) {
  return [...form.elements]
    .filter((field) => field.name && !field.disabled && field.type !== "radio" && indexOf(field, sentence) >= 0)
    .sort((one, other) => indexOf(one, sentence) - indexOf(other, sentence) || other.name.length - one.name.length)[0];
}

function indexOf(field, sentence) {
  return sentence.search(new RegExp(`\\b${field.name}\\b`));
}

function unfold(field) {
  const fold = field.closest("details");
  if (fold) {
    fold.open = true;
  }
}

async function start() {
  refuse("");
  button.disabled = true;
  try {
    awaitMail(form.elements.Subject.value);
    const answer = await fetch("/page/flows", { method: "POST", body: new FormData(form) });
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) {
      refuse(said.detail ?? `The simulator answered ${answer.status}.`);
    } else {
      refuse(said.problem ?? "");
    }
  } catch {
    refuse("The simulator cannot be reached. Is it still running?");
  } finally {
    button.disabled = false;
  }
}

document.querySelector("#presets").append(
  ...Object.keys(presets).map((name) => element("button", { type: "button", click: () => fill(name) }, name)),
);
form.addEventListener("input", adapt);
// a field that must be filled cannot say so while it is folded away
form.addEventListener("invalid", (event) => unfold(event.target), true);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  start();
});
fill(Object.keys(presets)[0]);
