// The pretend phone: two tabs over the control API. Text is only ever set as text, never as HTML.
import { WORDS } from "/phone/words.js";

const $ = (id) => document.getElementById(id);
const DIGITS = { "+15555550101": "", "+15555550102": "", "+15555550103": "", "+15555550104": "" };
const state = { language: "en", call: null, seen: 0, texts: "", people: [] };
const words = () => WORDS[state.language];

async function ask(path, body) {
  const how = body === undefined ? {} : {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  };
  const answer = await fetch(path, how);
  const found = await answer.json();
  if (!answer.ok) throw new Error(found.title || String(answer.status));
  return found;
}

async function trying(act) {
  $("trouble").textContent = "";
  try { return await act(); } catch (error) {
    $("trouble").textContent = error instanceof TypeError ? words().trouble : error.message;
    return null;
  }
}

function mine() {
  if ($("mine").value !== "other") return $("mine").value;
  const digits = "+" + $("other").value.replace(/\D/g, "");
  if (!/^\+1\d{3}55501\d{2}$/.test(digits)) throw new Error(words().bad_number);
  return digits;
}

function pretty(number) {
  return number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "($1) $2-$3");
}

// Words and languages.

function translate() {
  document.documentElement.lang = state.language;
  document.title = words().title;
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = words()[node.dataset.t];
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", words()[node.dataset.label]);
  for (const node of document.querySelectorAll("[data-language]")) {
    node.setAttribute("aria-pressed", String(node.dataset.language === state.language));
  }
  for (const node of $("keys").children) node.setAttribute("aria-label", `${words().key} ${node.textContent}`);
  const other = $("mine").querySelector("[value=other]");
  if (other) other.textContent = words().other;
  showCall(state.call);
}

function fillNumbers() {
  const select = $("mine");
  const people = [...state.people, ...Object.keys(DIGITS).map((number) => ({ number, name: "" }))];
  for (const { number, name } of people) select.add(new Option(name ? `${name} · ${pretty(number)}` : pretty(number), number));
  select.add(new Option(words().other, "other"));
}

// The call.

function line(list, who, text, below, language) {
  const item = document.createElement("li");
  item.className = who;
  item.textContent = text;
  if (language) item.lang = language;
  if (below) {
    const small = document.createElement("small");
    small.textContent = below;
    item.append(small);
  }
  list.append(item);
  list.scrollTop = list.scrollHeight;
}

function showCall(call) {
  const on = Boolean(call) && call.state !== "over";
  const keysOnly = on && call.state === "listening" && !call.listens.speech;
  $("state").textContent = !call ? words().no_call : keysOnly ? words().keys_only : words().states[call.state];
  $("dial").hidden = on;
  $("hang-up").hidden = !on;
  $("pick-up").hidden = !(on && call.state === "ringing");
  const talk = on && call.state !== "ringing";
  for (const id of ["words", "say", "silence"]) $(id).disabled = !talk;
  for (const key of $("keys").children) key.disabled = !talk;
  $("mine").disabled = on;
  $("other").disabled = on;
}

function keep(call) {
  if (!call || (state.call && state.call.id !== call.id)) return;
  for (const one of call.heard) {
    if (one.n <= state.seen) continue;
    line($("heard"), one.who, one.text, "", one.language);
    state.seen = one.n;
  }
  state.call = call;
  showCall(call);
}

async function dial() {
  $("heard").replaceChildren();
  state.call = null;
  state.seen = 0;
  keep(await trying(() => ask("/pretend/calls", { from: mine() })));
  $("words").focus();
}

async function act(name, body) {
  if (!state.call) return;
  const path = `/pretend/calls/${encodeURIComponent(state.call.id)}/${name}`;
  keep(await trying(() => ask(path, body ?? {})));
}

async function watchCall() {
  if (state.call && state.call.state !== "over") {
    const path = `/pretend/calls/${encodeURIComponent(state.call.id)}?after=${state.seen}`;
    try { keep(await ask(path)); } catch { /* The next look will tell. */ }
  } else if ($("mine").value !== "other") {
    await lookForRinging();
  }
  setTimeout(watchCall, 500);
}

async function lookForRinging() {
  try {
    const { calls } = await ask(`/pretend/calls?with=${encodeURIComponent(mine())}`);
    const ringing = calls.find((call) => call.state === "ringing");
    if (!ringing) return;
    $("heard").replaceChildren();
    state.call = null;
    state.seen = 0;
    keep(ringing);
  } catch { /* The next look will tell. */ }
}

// The texts.

function showTexts({ texts, opted_out: stopped }) {
  $("stopped").hidden = !stopped;
  const now = JSON.stringify(texts);
  if (now === state.texts) return;
  state.texts = now;
  $("thread").replaceChildren();
  for (const one of texts) {
    const status = words().statuses[one.status] || one.status;
    line($("thread"), one.from, one.text, one.from === "you" ? words().you : `${words().line} · ${status}`);
  }
}

async function watchTexts() {
  if (!$("panel-text").hidden) {
    try { showTexts(await ask(`/pretend/texts?with=${encodeURIComponent(mine())}`)); } catch { /* Next time. */ }
  }
  setTimeout(watchTexts, 1000);
}

async function send(event) {
  event.preventDefault();
  const body = $("body").value.trim();
  if (!body) return;
  const sent = await trying(() => ask("/pretend/texts", { from: mine(), body }));
  if (sent) $("body").value = "";
  $("body").focus();
}

// Tabs.

function choose(name) {
  for (const each of ["call", "text"]) {
    const on = each === name;
    $(`tab-${each}`).setAttribute("aria-selected", String(on));
    $(`tab-${each}`).tabIndex = on ? 0 : -1;
    $(`panel-${each}`).hidden = !on;
  }
}

function wire() {
  for (const key of "123456789*0#") {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = key;
    button.disabled = true;
    button.addEventListener("click", () => act("press", { keys: key }));
    $("keys").append(button);
  }
  $("dial").addEventListener("click", dial);
  $("hang-up").addEventListener("click", () => act("hangup"));
  $("pick-up").addEventListener("click", () => act("answer"));
  $("silence").addEventListener("click", () => act("silence"));
  $("speak").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = $("words").value.trim();
    $("words").value = "";
    if (text) act("say", { text });
  });
  $("write").addEventListener("submit", send);
  $("body").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey) send(event);
  });
  $("mine").addEventListener("change", () => {
    $("other-field").hidden = $("mine").value !== "other";
    state.texts = "";
  });
  for (const name of ["call", "text"]) {
    $(`tab-${name}`).addEventListener("click", () => choose(name));
    $(`tab-${name}`).addEventListener("keydown", (event) => {
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      const next = name === "call" ? "text" : "call";
      choose(next);
      $(`tab-${next}`).focus();
    });
  }
  for (const node of document.querySelectorAll("[data-language]")) {
    node.addEventListener("click", () => { state.language = node.dataset.language; state.texts = ""; translate(); });
  }
}

async function start() {
  wire();
  const found = await trying(() => ask("/pretend/health"));
  state.people = found ? found.people : [];
  if (new URLSearchParams(location.search).get("language") === "es") state.language = "es";
  fillNumbers();
  translate();
  watchCall();
  watchTexts();
}

start();
