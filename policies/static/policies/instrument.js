// The map as an instrument: what is chosen is shown at once, and the address says it. Everything
// here is a plain form and plain links without it. Days are painted from the history file; the words
// around the map come from the server, as the page of that address.

import { history, isOld, statesOn } from "./history.js";
import { shown } from "./lens.js";
import { centresOf, cssOf, frame, load, onMove, paths, refresh, screen, svg } from "./map.js";
import { zoomable } from "./zoom.js";

const form = document.getElementById("ask");
const slider = document.getElementById("months");
const says = document.getElementById("month");
const playing = document.querySelector("[data-play]");
const [OUTSIDE, OTHER] = ["o", "r"];
const language = document.documentElement.lang;

// --- What the address says, and the page of it --------------------------------------------------

let view = new URLSearchParams(location.search).get("view") ?? "";

function address(changes = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) query.append(name, value);
  for (const [name, value] of Object.entries({ only: screen.lens.only, view, ...changes })) {
    query.delete(name);
    if (value) query.set(name, value);
  }
  return `${form.action}${query.size ? `?${query}` : ""}`.replaceAll("%2C", ",");
}

const classesOf = (page) => {
  const members = page.querySelector("[data-members]").dataset.members.match(/../g);
  const drawn = Array.from(page.querySelectorAll("#counties path"), (path) => path.getAttribute("class") ?? "");
  return members.map((path) => drawn[parseInt(path, 36)]);
};

let asked = 0;
// Shows the page of an address: its words, its links and its map. `all`: the form as well.
async function visit(url, { push = false, all = false } = {}) {
  asked += 1;
  const mine = asked;
  window.history[push ? "pushState" : "replaceState"](null, "", url);
  let page;
  try {
    const response = await fetch(url, { credentials: "omit" });
    if (!response.ok) throw new Error(response.status);
    page = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    if (mine === asked) location.assign(url); // the server's own page says what is wrong
    return;
  }
  if (mine !== asked) return;
  document.title = page.title;
  for (const part of document.querySelectorAll("[data-part]")) {
    const name = part.dataset.part;
    if (name === "form" && !all) continue;
    const fresh = page.querySelector(`[data-part="${name}"]`);
    if (fresh) part.replaceChildren(...document.importNode(fresh, true).childNodes);
  }
  const sent = page.getElementById("map");
  frame.dataset.lens = sent.dataset.lens;
  screen.lens = JSON.parse(sent.dataset.lens);
  const fromServer = classesOf(page);
  paint(fromServer);
  filtered = fromServer.map((css) => css === OUTSIDE);
  if (all || !view) zoom.seen(sent.querySelector("svg").getAttribute("viewBox"));
  await setDay(form.elements.as_of.value);
  pickable();
  refresh();
}

// --- Painting -----------------------------------------------------------------------------------

let filtered = Array.from(paths(), (_path, at) => cssOf(at) === OUTSIDE);
const painted = () => Array.from(paths(), (_path, at) => cssOf(at));

function paint(classes) {
  const all = paths();
  classes.forEach((css, at) => {
    if (cssOf(at) === css) return;
    if (css) all[at].setAttribute("class", css);
    else all[at].removeAttribute("class");
  });
}

let now = null; // { file, day, states } once a day was chosen here
let then = null;

async function setDay(day) {
  if (!now && day === form.elements.as_of.defaultValue && screen.lens.kind !== "change") return;
  const file = await history(frame.dataset.history);
  now = { file, day, states: statesOn(file, day) };
  const { since } = screen.lens;
  then = since ? { states: statesOn(file, since) } : null;
  screen.answers = (at) => file.states[now.states[at]][0];
  screen.before = (at) => (then ? file.states[then.states[at]][0] : "");
  screen.isOld = (at) => isOld(file, now.states[at], now.day);
}

// Paints a day, and counts; the words follow when the day is settled.
function paintDay(day) {
  const { file } = now;
  now = { file, day, states: statesOn(file, day) };
  const known = new Map(); // few states differ
  const counts = {};
  const classes = now.states.map((state, at) => {
    if (filtered[at]) return OUTSIDE;
    const key = then ? state * 4096 + then.states[at] : state;
    if (!known.has(key)) {
      known.set(key, shown(screen.lens, file.states[state][0], then ? file.states[then.states[at]][0] : ""));
    }
    const [step, css] = known.get(key);
    counts[step] = (counts[step] ?? 0) + 1;
    return screen.lens.only && screen.lens.only !== step ? OTHER : css;
  });
  paint(classes);
  for (const step of document.querySelectorAll(".legend [data-step]")) {
    step.querySelector("[data-count]").textContent = (counts[step.dataset.step] ?? 0).toLocaleString(language);
  }
  dots();
  refresh();
}

function dots() {
  for (const layer of svg.querySelectorAll("[data-layer]")) {
    const position = layer.dataset.layer;
    const centres = centresOf();
    layer.setAttribute("d", now.states.map((state, at) =>
      !filtered[at] && now.file.states[state][3].includes(position) ? `M${centres[at].join(" ")}h0` : "").join(""));
  }
}

// --- The slider: months from the first record to today, whose last is today itself ---------------

const monthOf = (at) => {
  const [year, month] = slider.dataset.first.split("-").map(Number);
  const day = new Date(Date.UTC(year, month - 1 + at, 1));
  return at >= Number(slider.max) ? slider.dataset.today : day.toISOString().slice(0, 10);
};
const inWords = (day) => new Date(`${day}T12:00:00Z`).toLocaleDateString(language, { dateStyle: "long", timeZone: "UTC" });

let frameAsked = 0;
async function slide() {
  const day = monthOf(Number(slider.value));
  says.textContent = inWords(day);
  slider.setAttribute("aria-valuetext", says.textContent);
  form.elements.as_of.value = day;
  if (!now) await setDay(day);
  cancelAnimationFrame(frameAsked);
  frameAsked = requestAnimationFrame(() => paintDay(day));
}

let timer = 0;
function stop() {
  clearInterval(timer);
  timer = 0;
  playing.textContent = playing.dataset.play;
}
function play() {
  if (timer) {
    stop();
    return settle();
  }
  if (slider.value === slider.max) slider.value = slider.min;
  playing.textContent = playing.dataset.stop;
  const pace = matchMedia("(prefers-reduced-motion: reduce)").matches ? 1000 : 150;
  timer = setInterval(() => {
    slider.value = Number(slider.value) + 1;
    slide();
    if (slider.value === slider.max) {
      stop();
      settle();
    }
  }, pace);
  return slide();
}
// A key that is held down changes the slider often: the words follow once it rests.
let resting = 0;
function settle() {
  clearTimeout(resting);
  resting = setTimeout(() => visit(address()), 300);
}

if (slider) {
  slider.addEventListener("input", () => { stop(); slide(); });
  slider.addEventListener("change", settle);
  playing.addEventListener("click", play);
}

// --- The form: its button is for those without scripts -------------------------------------------

form.addEventListener("change", (event) => {
  if (event.target === slider || !form.reportValidity()) return;
  stop();
  const isPlace = event.target.name === "state";
  if (isPlace) view = "";
  const isQuestion = ["factor", "in_force", "not_in_force", "since"].includes(event.target.name);
  if (slider && event.target.name === "as_of") follow(event.target.value);
  visit(address({ ...(isQuestion ? { only: "" } : {}), ...(isPlace ? { view: "" } : {}) }), { push: true });
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  visit(address(), { push: true });
});
function follow(day) {
  const [year, month] = slider.dataset.first.split("-").map(Number);
  const [y, m] = day.split("-").map(Number);
  slider.value = day >= slider.dataset.today ? slider.max : (y - year) * 12 + m - month;
  says.textContent = inWords(day);
}
addEventListener("popstate", () => {
  view = new URLSearchParams(location.search).get("view") ?? "";
  visit(location.href, { all: true });
});

// --- The legend: a step shows its counties alone; once more, all ---------------------------------

function pickable() {
  for (const step of document.querySelectorAll(".legend [data-step]")) {
    step.setAttribute("role", "button");
    step.setAttribute("aria-pressed", String(step.dataset.step === screen.lens.only));
  }
}
document.querySelector(".legend-part").addEventListener("click", (event) => {
  const step = event.target.closest("[data-step]");
  if (!step || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const only = step.dataset.step === screen.lens.only ? "" : step.dataset.step;
  visit(address({ only }), { push: true }).then(() =>
    document.querySelector(`.legend [data-step="${step.dataset.step}"]`)?.focus());
});
document.querySelector(".legend-part").addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.target.matches("[data-step]")) return;
  event.preventDefault();
  event.target.click();
});

// --- Zoom, with finer outlines of the states in view ---------------------------------------------

const isFine = new Set();
async function fine({ left, top, right, bottom }) {
  const index = await load();
  const centres = centresOf();
  const states = new Set(index.counties.flatMap(([, usps], at) => {
    const [x, y] = centres[at];
    return x >= left && x <= right && y >= top && y <= bottom ? [usps] : [];
  }));
  for (const usps of states) {
    if (isFine.has(usps)) continue;
    isFine.add(usps);
    fetch(index.outlines[usps], { credentials: "omit" }).then((response) => response.json()).then(({ counties }) => {
      const drawn = Object.values(counties);
      let next = 0;
      const all = paths();
      index.counties.forEach(([, state], at) => {
        if (state !== usps) return;
        all[at].setAttribute("d", drawn[next].replace(/-?\d+/g, (n) => ` ${n / 10}`));
        next += 1;
      });
    }).catch(() => isFine.delete(usps)); // the coarse ones stay
  }
}

const zoom = zoomable(frame, svg, {
  fine: (box) => fine(box).catch(() => {}),
  onSettled(seen) {
    if (seen === view) return;
    view = seen;
    window.history.replaceState(null, "", address());
    for (const link of document.querySelectorAll("[data-with-view]")) {
      const url = new URL(link.href);
      if (view) url.searchParams.set("view", view);
      else url.searchParams.delete("view");
      link.href = url.href.replaceAll("%2C", ",");
    }
  },
});
onMove((path) => zoom.reveal(path.getBBox()));
pickable();
// What was chosen while this file was on its way.
const isChanged = (each) => each.matches("select, input") && (
  each.type === "checkbox" ? each.checked !== each.defaultChecked
    : each.options ? [...each.options].some((option) => option.selected !== option.defaultSelected && each.selectedIndex > 0)
      : each !== slider && each.value !== each.defaultValue);
if (slider && slider.value !== slider.defaultValue) slide().then(settle);
else if ([...form.elements].some(isChanged) && form.checkValidity()) visit(address(), { push: true });
