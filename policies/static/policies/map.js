// Makes the map answer: point, tap, arrow keys, and the search box. Everything it shows is also
// in the directory, so nothing is lost without it. The index of counties is fetched on first use.

const frame = document.getElementById("map");
const svg = frame.querySelector("svg");
const shapes = document.getElementById("counties").children;
const card = document.getElementById("card");
const about = card.querySelector("[data-default]");
const detail = card.querySelector("[data-county]");
const outline = document.createElementNS("http://www.w3.org/2000/svg", "path");
outline.setAttribute("class", "chosen");

let loading;
const load = () =>
  (loading ??= fetch(frame.dataset.index, { credentials: "omit" }).then((response) => {
    if (!response.ok) throw new Error(response.status);
    return response.json();
  }));

let positions;
const position = (shape) => {
  positions ??= new Map(Array.from(shapes, (each, index) => [each, index]));
  return positions.get(shape);
};

const byScore = !new URLSearchParams(location.search).get("factor");
let chosen = -1;
let pinned = false;

const link = (index, [, usps, slug]) =>
  index.profile.replace("--/--", `${usps.toLowerCase()}/${slug}`);

const known = (letters) => {
  const yes = letters.split("y").length - 1;
  return { yes, known: 7 - (letters.split("u").length - 1) };
};

const element = (name, css, text) => {
  const made = document.createElement(name);
  if (css) made.className = css;
  if (text) made.textContent = text;
  return made;
};

const numeral = (letters) => {
  const score = known(letters);
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

async function show(at) {
  if (at === chosen) return;
  chosen = at;
  outline.setAttribute("d", shapes[at].getAttribute("d"));
  svg.append(outline);
  const index = await load();
  if (chosen !== at) return;
  const county = index.counties[at];
  const [name, usps, , letters] = county;
  const score = known(letters);
  const words = index.scores[`${score.known}/${score.yes}`];
  const big = element("p", "numeral", numeral(letters));
  big.append(element("small", "", words.label));
  const open = element("a", "button", index.words.open);
  open.href = link(index, county);
  const close = element("button", "close plain", index.words.close);
  close.type = "button";
  close.addEventListener("click", clear);
  const foot = element("p", "no-print");
  foot.append(open, close);
  const css = shapes[at].getAttribute("class") ?? "u";
  detail.replaceChildren(
    element("p", "of", index.states[usps]),
    element("h2", "", name),
    big,
    squares(letters, byScore ? css : "", index.factors),
    element("p", "", words.text),
    foot,
  );
  about.hidden = true;
  detail.hidden = false;
}

function clear() {
  chosen = -1;
  pinned = false;
  outline.remove();
  detail.hidden = true;
  about.hidden = false;
}

async function go(at) {
  const index = await load();
  location.href = link(index, index.counties[at]);
}

// --- Pointer: a mouse shows and opens; a finger's first tap shows, and the card opens. ---------

svg.addEventListener("pointermove", (event) => {
  if (event.pointerType === "touch" || pinned) return;
  const at = position(event.target);
  if (at !== undefined) show(at);
});
svg.addEventListener("click", (event) => {
  const at = position(event.target);
  if (at === undefined) return clear();
  if (event.pointerType === "mouse") return go(at);
  pinned = true;
  return show(at);
});

// --- Keyboard: the map is one stop; arrows go to the nearest county in that direction. ---------

frame.tabIndex = 0;
frame.setAttribute("role", "application");
frame.setAttribute("aria-label", frame.dataset.hint);
frame.setAttribute("aria-describedby", "card");
frame.classList.add("ready");

let centres;
const measure = () =>
  (centres ??= Array.from(shapes, (shape) => {
    const box = shape.getBBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  }));

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

frame.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key in DIRECTIONS) {
    event.preventDefault();
    show(chosen < 0 ? middle() : neighbour(chosen, DIRECTIONS[event.key]));
  } else if (event.key === "Enter" && chosen >= 0 && event.target === frame) {
    go(chosen);
  } else if (event.key === "Escape") {
    clear();
  }
});

// --- Find a county, in the browser: what is typed here is sent nowhere. ------------------------

const form = document.querySelector("[data-find]");
const input = form.querySelector("input[type=search]");
const list = document.getElementById("found");
const MOST = 8;
let found = [];
let active = -1;

input.setAttribute("role", "combobox");
input.setAttribute("aria-autocomplete", "list");
input.setAttribute("aria-controls", "found");
input.setAttribute("aria-expanded", "false");

const plain = (text) =>
  text.normalize("NFD").replace(/[\u0300-\u036f'’.]/g, "").toLowerCase().replace(/[\s,-]+/g, " ").trim();

let keys;
async function search(text) {
  const index = await load();
  keys ??= index.counties.map(([name, usps]) => [plain(name), plain(index.states[usps]), usps.toLowerCase()]);
  const wanted = plain(text);
  if (!wanted) return [];
  const hits = [];
  keys.forEach(([name, state, usps], at) => {
    const whole = `${name} ${state}`;
    const short = `${name.replace(/ (county|parish|borough|census area|municipality)$/, "")} `;
    const rank = [`${short}${state}`, `${short}${usps}`].some((each) => each.startsWith(wanted)) ? 0
      : whole.startsWith(wanted) ? 1
      : ` ${whole}`.includes(` ${wanted}`) ? 2 : -1;
    if (rank >= 0) hits.push([rank, name.length, at]);
  });
  return hits.sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, MOST).map(([, , at]) => at);
}

function close() {
  list.hidden = true;
  active = -1;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function mark(at) {
  active = at;
  [...list.children].forEach((item, each) => item.setAttribute("aria-selected", each === at));
  input.setAttribute("aria-activedescendant", `found-${at}`);
  list.children[at]?.scrollIntoView({ block: "nearest" });
}

async function suggest() {
  const text = input.value;
  const hits = await search(text);
  if (text !== input.value) return;
  const index = await load();
  found = hits;
  list.replaceChildren(
    ...found.map((at, each) => {
      const [name, usps, , letters] = index.counties[at];
      const item = element("li", "", `${name}, ${index.states[usps]}`);
      item.id = `found-${each}`;
      item.setAttribute("role", "option");
      item.append(element("b", "", numeral(letters)));
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); go(at); });
      return item;
    }),
  );
  if (!found.length && text.trim()) list.append(element("li", "quiet", index.words.none));
  list.hidden = !text.trim();
  input.setAttribute("aria-expanded", String(!list.hidden));
  if (found.length) mark(0);
}

input.addEventListener("focus", load, { once: true });
input.addEventListener("input", suggest);
input.addEventListener("blur", close);
input.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return close();
  if (list.hidden || !found.length || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  event.preventDefault();
  mark((active + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length);
});
form.addEventListener("submit", async (event) => {
  if (!input.value.trim()) return;
  event.preventDefault();
  const hits = await search(input.value);
  if (!hits.length) return suggest();
  go(list.hidden || active < 0 ? hits[0] : found[active]);
});
