import { showFlows } from "./flows.js";
import { showMails } from "./inbox.js";
import "./start.js";

const live = document.querySelector("#live");

function show(state) {
  document.querySelector("#flowmail").href = state.flowmail;
  document.querySelector("#temporal").href = state.temporalUi;
  for (const count of document.querySelectorAll("[data-count]")) {
    const now = String(state[count.dataset.count].length);
    if (count.textContent !== now) {
      count.textContent = now;
      count.classList.remove("moved");
      // the animation begins anew only for a class that was gone for a moment
      requestAnimationFrame(() => count.classList.add("moved"));
    }
  }
  showFlows(state.flows);
  showMails(state.mails);
}

function listen() {
  const events = new EventSource("/page/events");
  events.onmessage = (event) => {
    show(JSON.parse(event.data));
    say("live", "live");
  };
  events.onerror = () => {
    say("lost", "connection lost");
    if (events.readyState === EventSource.CLOSED) {
      setTimeout(listen, 2000);
    }
  };
}

function say(state, words) {
  live.dataset.state = state;
  if (live.textContent !== words) {
    live.textContent = words;
  }
}

listen();
