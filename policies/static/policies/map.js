// Makes the map answer: point, tap and arrow keys (the search box: find.js). Everything it shows is
// also in the directory, so nothing is lost without it. The index is fetched on first use.

import { counted, shown } from "./lens.js";

export const frame = document.getElementById("map");
export const svg = frame.querySelector("svg");
const counties = document.getElementById("counties");
const shapes = counties.children; // one a county, in order of FIPS codes, once taken apart
const card = document.getElementById("card");
const about = () => card.querySelector("[data-default]");
const detail = card.querySelector("[data-county]");

const drawn = (css, d) => {
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  if (css) path.setAttribute("class", css);
  path.setAttribute("d", d);
  return path;
};
const outline = drawn("chosen", "");

let loading;
export const load = () =>
  (loading ??= fetch(frame.dataset.index, { credentials: "omit" })
    .then((response) => {
      if (!response.ok) throw new Error(response.status);
      return response.json();
    })
    .catch((error) => {
      loading = undefined; // the next one who asks tries again
      throw error;
    }));
export const unlessLost = () => load().catch(() => null);

// --- Counties of one class in one part of the map come as one path, which is soon drawn (see
// --- policies/presenters/drawing.py). Each gets a path of its own when somebody points at the map,
// --- or before that when the page has nothing else to do.

const FIRST = /m(-?\d+) ?(-?\d+)/; // of a ring's points, from the first of the ring before it
const EVERY = new RegExp(FIRST, "g");
export const members = document.querySelector("[data-members]").dataset.members.match(/../g);
let positions;

function* cut(path) {
  let [x, y] = [0, 0];
  for (const piece of path.getAttribute("d").match(/[^Z]+/g)) {
    const starts = Array.from(piece.matchAll(EVERY), ([, dx, dy]) => [(x += +dx), (y += +dy)]);
    yield drawn(path.getAttribute("class"), `${piece.replace(FIRST, `m${starts[0].join(" ")}`)}z`);
  }
}

// Whether it had to be done: then what a pointer event has as its target is gone.
export function takeApart() {
  if (positions) return false;
  const pieces = Array.from(shapes, cut);
  const all = members.map((path) => pieces[parseInt(path, 36)].next().value);
  positions = new Map(all.map((each, at) => [each, at]));
  counties.replaceChildren(...all);
  return true;
}
const pointedAt = (event) => {
  const isNew = takeApart();
  return positions.get(isNew ? document.elementFromPoint(event.clientX, event.clientY) : event.target);
};

const whenIdle = window.requestIdleCallback ?? ((work) => setTimeout(work, 500));
if (document.readyState === "complete") whenIdle(takeApart);
else window.addEventListener("load", () => whenIdle(takeApart));

let chosen = -1;
let pinned = false;
let beside = []; // what else the card says of the county that somebody looked for

const link = (index, [, usps, slug]) =>
  index.profile.replace("--/--", `${usps.toLowerCase()}/${slug}`);

export const element = (name, css, text) => {
  const made = document.createElement(name);
  if (css) made.className = css;
  if (text) made.textContent = text;
  return made;
};

export const numeral = (letters) => {
  const score = counted(letters);
  return score.known === 7 ? `${score.yes}` : score.yes ? `${score.yes}+` : "–";
};

function squares(letters, css, names) {
  const row = element("span", `squares ${css}`);
  [...letters].forEach((letter, factor) => {
    const square = element("i", `q${letter}`);
    square.title = names[factor];
    row.append(square);
  });
  return row;
}

// What the map shows: its question, and of a county its answers, those of the earlier day if two
// are compared, and whether some evidence is old. The instrument changes it (instrument.js).
export const screen = {
  lens: JSON.parse(frame.dataset.lens),
  answers: (at, index) => index.counties[at][3],
  before: () => "",
  isOld: (at, index) => Boolean(index.counties[at][4]),
};
export const cssOf = (at) => shapes[at].getAttribute("class") ?? "";
const moved = []; // who wants to know that another county was chosen

async function show(at) {
  if (at === chosen) return;
  takeApart();
  chosen = at;
  beside = [];
  outline.setAttribute("d", shapes[at].getAttribute("d"));
  svg.append(outline);
  moved.forEach((tell) => tell(shapes[at]));
  const index = await unlessLost();
  if (chosen !== at) return;
  if (!index) return clear();
  await describe(at, index);
}

// The words of a step of the legend, which the server wrote.
function reply(key, letters, before, index) {
  const step = document.querySelector(`.legend [data-step="${key}"]`);
  const earlier = before ? [element("p", "quiet", index.words.before), squares(before, "", index.factors),
    element("p", "quiet", index.words.after)] : [];
  return [element("p", "reply", step.dataset.label), element("p", "", step.title), ...earlier,
    squares(letters, "", index.factors)];
}

function score(letters, css, index) {
  const { known, yes } = counted(letters);
  const texts = index.scores[`${known}/${yes}`];
  const big = element("p", "numeral", numeral(letters));
  big.append(element("small", "", texts.label));
  return [big, squares(letters, css, index.factors), element("p", "", texts.text)];
}

async function describe(at, index) {
  const county = index.counties[at];
  const [name, usps] = county;
  const [letters, before] = [screen.answers(at, index), screen.before(at)];
  const [key, css] = shown(screen.lens, letters, before);
  const open = element("a", "button", index.words.open);
  open.href = link(index, county);
  const close = element("button", "close plain", index.words.close);
  close.type = "button";
  close.addEventListener("click", clear);
  const foot = element("p", "no-print");
  foot.append(open, close);
  detail.replaceChildren(
    element("p", "of", index.states[usps]),
    element("h2", "", name),
    ...(screen.lens.kind === "score" ? score(letters, css || "u", index) : reply(key, letters, before, index)),
    ...(screen.isOld(at, index) ? [element("p", "quiet old", index.words.old)] : []),
    foot,
    ...beside,
  );
  about().hidden = true;
  detail.hidden = false;
}

// Shows the card of a county that was looked for, and goes there.
export async function present(at, extra) {
  pinned = true;
  chosen = -1;
  const shownNow = show(at);
  beside = extra;
  await shownNow;
  detail.querySelector("a.button")?.focus({ preventScroll: innerWidth >= 1200 });
}

// After the answers, or the question, have changed.
export async function refresh() {
  const index = chosen < 0 ? null : await unlessLost();
  if (index && chosen >= 0) await describe(chosen, index);
}

function clear() {
  if (detail.contains(document.activeElement)) frame.focus({ preventScroll: true });
  chosen = -1;
  pinned = false;
  outline.remove();
  detail.hidden = true;
  about().hidden = false;
}

export async function go(at) {
  const index = await unlessLost();
  location.href = index ? link(index, index.counties[at]) : frame.dataset.directory;
}

// --- Pointer: a mouse shows and opens; a finger's first tap shows, and the card opens. ---------

// Safari's click does not say what pressed, so what pressed last is remembered.
let pressedBy = "mouse";
svg.addEventListener("pointerdown", (event) => { pressedBy = event.pointerType; });
svg.addEventListener("pointermove", (event) => {
  if (event.pointerType === "touch" || pinned) return;
  const at = pointedAt(event);
  if (at !== undefined) show(at);
});
svg.addEventListener("click", (event) => {
  const at = pointedAt(event);
  if (at === undefined) return clear();
  if ((event.pointerType || pressedBy) === "mouse") return go(at);
  pinned = true;
  return show(at);
});

// --- Keyboard: the map is one stop; arrows go to the nearest county in that direction, and -----
// --- N and P (Page Down and Page Up) through all of them in order, so that none is out of reach.

frame.tabIndex = 0;
frame.setAttribute("role", "application");
frame.setAttribute("aria-labelledby", "map-title");
frame.setAttribute("aria-describedby", "map-keys");
document.getElementById("map-keys").hidden = false;

let centres;
const measure = () => {
  takeApart();
  return (centres ??= Array.from(shapes, (shape) => {
    const box = shape.getBBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  }));
};

const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function neighbour(from, [dx, dy]) {
  const all = measure();
  const [x, y] = all[from];
  let best = from;
  let least = Infinity;
  all.forEach(([cx, cy], at) => {
    const ahead = (cx - x) * dx + (cy - y) * dy;
    const aside = Math.abs((cx - x) * dy) + Math.abs((cy - y) * dx);
    const cost = ahead + 3 * aside;
    if (at !== from && ahead > 0.5 && cost < least) [best, least] = [at, cost];
  });
  return best;
}

const MIDDLE = [487, 305];
const middle = () =>
  measure().reduce(([best, least], [x, y], at) => {
    const distance = Math.hypot(x - MIDDLE[0], y - MIDDLE[1]);
    return distance < least ? [at, distance] : [best, least];
  }, [0, Infinity])[0];

// What the instrument needs of the map.
export const paths = () => { takeApart(); return shapes; };
export const centresOf = () => measure();
export const onMove = (tell) => moved.push(tell);

const STEPS = { n: 1, PageDown: 1, p: -1, PageUp: -1 };
const step = (by) => {
  const all = members.length;
  return chosen < 0 ? (by > 0 ? 0 : all - 1) : (chosen + by + all) % all;
};

frame.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key in DIRECTIONS) {
    event.preventDefault();
    show(chosen < 0 ? middle() : neighbour(chosen, DIRECTIONS[key]));
  } else if (key in STEPS) {
    event.preventDefault();
    show(step(STEPS[key]));
  } else if (event.key === "Enter" && chosen >= 0 && event.target === frame) {
    go(chosen);
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.id !== "find" && chosen >= 0) clear();
});

// --- The rest of the instrument comes when somebody reaches for it. -----------------------------

let instrument;
let isAwake = false;
const wake = () => (instrument ??= import(frame.dataset.instrumentFile).then(() => { isAwake = true; }));
// A press that comes before it is there is kept for it.
async function keep(event) {
  const pressed = event.target.closest("button[type=button], [data-step]");
  if (isAwake || !pressed || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  await wake();
  pressed.click();
}
for (const part of document.querySelectorAll("[data-instrument]")) {
  for (const type of ["pointerenter", "focusin", "touchstart", "input"]) {
    part.addEventListener(type, wake, { once: true, passive: true });
  }
  part.addEventListener("click", keep);
}
svg.addEventListener("wheel", (event) => { if (event.ctrlKey || event.metaKey) wake(); }, { passive: true });
frame.addEventListener("keydown", async ({ key }) => {
  if (isAwake || !"+=-0".includes(key)) return;
  await wake();
  frame.dispatchEvent(new KeyboardEvent("keydown", { key }));
});
if (new URLSearchParams(location.search).has("view")) whenIdle(wake);
