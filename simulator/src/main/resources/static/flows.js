import { element, json, outside, time } from "./dom.js";

const list = document.querySelector("#flows .list");
const empty = document.querySelector("#flows .empty");
const news = document.querySelector("#news");
const cards = new Map();

/** Shows the flows, newest first; cards stay what they are, so that nothing that is open or focused is lost. */
export function showFlows(flows) {
  empty.hidden = flows.length > 0;
  const gone = new Set(cards.keys());
  for (const flow of flows) {
    gone.delete(flow.id);
    let card = cards.get(flow.id);
    if (!card) {
      card = new Card(flow);
      cards.set(flow.id, card);
      list.prepend(card.root);
    }
    card.show(flow);
  }
  for (const id of gone) {
    cards.get(id).root.remove();
    cards.delete(id);
  }
}

function people(addresses) {
  return addresses.length > 3 ? `${addresses.length} people` : addresses.join(", ");
}

/** Each step: its words, how far it is (done, now, open, failed), and when. */
function steps(flow) {
  const failed = flow.status === "FAILED";
  const sending = flow.status === "SENDING";
  const sent = { words: sending ? "Sending" : "Sent", state: sending ? "now" : "done", at: flow.at };
  if (failed && !flow.continuedAt) {
    return [{ words: "Refused", state: "failed" }];
  }
  if (flow.action !== "DECISION" || flow.outcomes.length === 0) {
    return [sent, { words: "Continued at once", state: flow.status === "CONTINUED" ? "done" : "open" }];
  }
  const over = Boolean(flow.continuedAt);
  const waiting = { words: over ? "Waited" : "Waiting", state: over ? "done" : sending ? "open" : "now" };
  if (failed) {
    return [sent, waiting, { words: "Failed", state: "failed", at: flow.continuedAt }];
  }
  const decided = flow.decidedBy ? `Decided: ${flow.chosen}` : over ? `Time was up: ${flow.chosen}` : "Decided";
  const state = over ? "done" : "open";
  return [sent, waiting, { words: decided, state }, { words: "Continued", state, at: flow.continuedAt }];
}

function sentence(flow) {
  if (flow.problem) {
    return flow.problem;
  }
  if (flow.decidedBy) {
    return `${flow.decidedBy} decided: ${flow.chosen}.${flow.comment ? ` “${flow.comment}”` : ""}`;
  }
  if (flow.continuedAt) {
    return `Nobody decided in time, so the flow went on with ${flow.chosen}.`;
  }
  if (flow.status === "WAITING") {
    return `Waits for ${people(flow.recipients)}.` + (flow.refusals ? ` The engine refused ${flow.refusals} answers; Flowmail tries again.` : "");
  }
  return `To ${people(flow.recipients)}.`;
}

class Card {
  shown = "";
  opened = null;

  constructor(flow) {
    this.steps = element("ol", { class: "steps" });
    this.sentence = element("p");
    this.reached = element("p", { class: "step", hidden: true });
    this.wire = element("div", { class: "wire", id: `wire-${flow.id}`, hidden: true });
    this.buttons = ["Request", "Answer", "Callback"].map((title) =>
      element("button", { type: "button", "aria-expanded": "false", "aria-controls": this.wire.id, click: () => this.open(title) }, title));
    const title = element("h3", {}, flow.subject || "(no subject)");
    this.root = element("li", { class: "flow" },
      title, this.steps, this.sentence, this.reached,
      element("div", { class: "tools" },
        element("div", { class: "buttons", role: "group", "aria-label": "What is on the wire: the exact JSON" }, element("span", { class: "muted" }, "On the wire: "), ...this.buttons),
        element("div", { class: "links" },
          this.inTemporal = element("a", { href: `/page/flows/${flow.id}/temporal`, ...outside }, flow.action === "DECISION" ? "Workflow in Temporal" : "Activity in Temporal"),
          element("a", { href: flow.joinPage, ...outside }, "The flow’s page"))),
      this.wire);
  }

  show(flow) {
    const now = JSON.stringify(flow);
    if (now === this.shown) {
      return;
    }
    const isNews = this.shown && flow.status !== "WAITING";
    this.shown = now;
    this.flow = flow;
    this.root.dataset.status = flow.status;
    this.steps.replaceChildren(...steps(flow).map(({ words, state, at }) =>
      element("li", { "data-state": state, "aria-current": state === "now" ? "step" : null }, words, at && state === "done" ? time(at) : null)));
    this.sentence.textContent = sentence(flow);
    this.sentence.className = flow.problem ? "problem" : "muted";
    this.reached.textContent = flow.step ?? "";
    this.reached.hidden = !flow.step;
    this.inTemporal.hidden = flow.status === "FAILED" && !flow.continuedAt;
    this.buttons[1].disabled = flow.status === "SENDING";
    this.buttons[2].disabled = !flow.continuedAt && flow.refusals === 0;
    if (isNews) {
      news.textContent = `${flow.subject}: ${sentence(flow)}`;
    }
    this.load();
  }

  open(title) {
    this.opened = this.opened === title ? null : title;
    for (const button of this.buttons) {
      button.setAttribute("aria-expanded", button.textContent === this.opened);
    }
    this.wire.hidden = !this.opened;
    this.load();
  }

  async load() {
    const title = this.opened;
    if (!title) {
      return;
    }
    const answer = await fetch(`/page/flows/${this.flow.id}`);
    if (answer.ok && title === this.opened) {
      const exchanges = await answer.json();
      this.wire.replaceChildren(...exchanges.filter((one) => one.title === title).map(exchange));
    }
  }
}

function exchange({ title, line, headers, body }) {
  const code = element("pre", { tabindex: "0", role: "region", "aria-label": `${title}, JSON` }, ...json(body));
  const exact = element("input", {
    type: "checkbox",
    change: () => {
      code.replaceChildren(...(exact.checked ? [body] : json(body)));
    },
  });
  return element("div", { class: "exchange" },
    element("div", { class: "line" },
      element("code", {}, line),
      element("label", {}, exact, "byte for byte")),
    ...Object.entries(headers).map(([name, value]) => element("p", { class: "header" }, element("b", {}, `${name}: `), value)),
    code);
}
