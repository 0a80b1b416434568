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
  (loading ??= fetch(frame.dataset.index, { credentials: "omit" })
    .then((response) => {
      if (!response.ok) throw new Error(response.status);
      return response.json();
    })
    .catch((error) => {
      loading = undefined; // the next one who asks tries again
      throw error;
    }));
const unlessLost = () => load().catch(() => null);

let positions;
const position = (shape) => {
  positions ??= new Map(Array.from(shapes, (each, index) => [each, index]));
  return positions.get(shape);
};

const factor = [...document.getElementById("factor").options].findIndex((each) => each.defaultSelected) - 1;
const byScore = factor < 0;
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
  const index = await unlessLost();
  if (chosen !== at) return;
  if (!index) return clear();
  const county = index.counties[at];
  const [name, usps, , letters, isOld] = county;
  const score = known(letters);
  const texts = index.scores[`${score.known}/${score.yes}`];
  const big = element("p", "numeral", numeral(letters));
  big.append(element("small", "", texts.label));
  const reply = byScore ? null : about.querySelector(`[data-reply=${letters[factor]}]`);
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
    ...(reply
      ? [element("p", "reply", reply.querySelector("dt").textContent.trim()),
         element("p", "", reply.querySelector("dd").textContent), squares(letters, "", index.factors)]
      : [big, squares(letters, css, index.factors), element("p", "", texts.text)]),
    ...(isOld ? [element("p", "quiet old", index.words.old)] : []),
    foot,
  );
  about.hidden = true;
  detail.hidden = false;
}

function clear() {
  if (detail.contains(document.activeElement)) frame.focus({ preventScroll: true });
  chosen = -1;
  pinned = false;
  outline.remove();
  detail.hidden = true;
  about.hidden = false;
}

async function go(at) {
  const index = await unlessLost();
  location.href = index ? link(index, index.counties[at]) : form.action;
}

// --- Pointer: a mouse shows and opens; a finger's first tap shows, and the card opens. ---------

// Safari's click does not say what pressed, so what pressed last is remembered.
let pressedBy = "mouse";
svg.addEventListener("pointerdown", (event) => { pressedBy = event.pointerType; });
svg.addEventListener("pointermove", (event) => {
  if (event.pointerType === "touch" || pinned) return;
  const at = position(event.target);
  if (at !== undefined) show(at);
});
svg.addEventListener("click", (event) => {
  const at = position(event.target);
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

const STEPS = { n: 1, PageDown: 1, p: -1, PageUp: -1 };
const step = (by) => (chosen < 0 ? (by > 0 ? 0 : shapes.length - 1) : (chosen + by + shapes.length) % shapes.length);

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
  if (event.key === "Escape" && event.target !== input && chosen >= 0) clear();
});

// --- Find a county, in the browser: what is typed here is sent nowhere. ------------------------

const form = document.querySelector("[data-find]");
const input = form.querySelector("input[type=search]");
const list = document.getElementById("found");
const MOST = 8;
let found = []; // [position, other name by which it was found]
let foundFor = "";
let active = -1;

input.setAttribute("role", "combobox");
input.setAttribute("aria-autocomplete", "list");
input.setAttribute("aria-controls", "found");
input.setAttribute("aria-expanded", "false");

// Names are compared as the server does: without case, accents, signs and spaces.
const SHORT = { st: "saint", ste: "saint", sainte: "saint", ft: "fort", mt: "mount" };
const KINDS = /^(.+) (city and borough|city and county|census area|municipality|borough|county|parish|city)$/;
const words = (text) =>
  text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f'`´ʻʼ‘’]/g, "").replaceAll("&", " and ")
    .match(/[\p{L}\p{N}]+/gu) ?? [];
const join = (list) => list.map((word) => SHORT[word] ?? word).join("");
const fold = (text) => join(words(text));

// [whole name, name without its kind, [from the second word on, from the third, ...]]
const keysOf = (name) => {
  const all = words(name);
  const bare = words(all.join(" ").replace(KINDS, "$1"));
  return [join(all), join(bare), bare.slice(1).map((_, at) => join(bare.slice(at + 1)))];
};

let book;
const open = (index) => {
  let code = 0;
  return (book ??= index.counties.map(([name, usps], at) => ({
    fips: String((code += index.steps[at])).padStart(5, "0"),
    places: ["", fold(index.states[usps]), usps.toLowerCase()],
    names: [name, ...(index.aliases[at] ?? [])].map((each) => [each, keysOf(each)]),
  })));
};

// 0: it is the name. 1: the name begins so. 2: a word within it does. 3: its state does.
function closeness([whole, bare, rest], places, wanted) {
  if (places.some((place) => whole + place === wanted || bare + place === wanted)) return 0;
  const begins = (key) => places.some((place) => place && (key + place).startsWith(wanted));
  if (begins(bare) || begins(whole)) return 1;
  return rest.some(begins) ? 2 : 9;
}

async function search(text) {
  const index = await load();
  const wanted = fold(text);
  if (!wanted) return { hits: [], isSure: false };
  const hits = [];
  open(index).forEach(({ fips, places, names }, at) => {
    let best = /^\d+$/.test(wanted) ? (fips === wanted || (wanted.length === 4 && fips === `0${wanted}`) ? 0 : fips.startsWith(wanted) ? 1 : 9) : 9;
    let by = names[0][0];
    for (const [name, keys] of names) {
      const rank = closeness(keys, places, wanted);
      if (rank < best) [best, by] = [rank, name];
    }
    if (best > 3 && places[1].startsWith(wanted)) best = 3;
    if (best < 9) hits.push([best, names[0][0].length, at, by === names[0][0] ? "" : by]);
  });
  hits.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  // "Nevada" is a county of two states and a state: whoever writes a state is not sent anywhere.
  const isState = Object.values(index.states).some((state) => fold(state) === wanted);
  const isSure = hits.length > 0 && !isState && hits[0][0] !== hits[1]?.[0];
  // The counties of a state are an answer only where no county has the name.
  const inState = hits[0]?.[0] === 3;
  const kept = inState ? hits : hits.filter(([rank]) => rank < 3);
  return { hits: kept.map(([, , at, by]) => [at, by]), isSure, inState };
}

// The directory asks for names and states apart: "Saint Louis, MO" is sent as both.
async function openDirectory() {
  const query = new URLSearchParams(new FormData(form));
  const index = await unlessLost();
  if (index) {
    const [, head, tail] = input.value.match(/^(.*\S)\s*,\s*([^,]+)$/) ?? [];
    const { hits, inState } = await search(input.value);
    const states = inState ? [...new Set(hits.map(([at]) => index.counties[at][1]))]
      : Object.entries(index.states).find((each) => tail && each.some((name) => fold(name) === fold(tail)));
    if (states && (!inState || states.length === 1)) {
      query.set("q", inState ? "" : head);
      query.set("state", states[0]);
    }
  }
  location.href = `${form.action}?${query}`;
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
  if (at < 0) return input.removeAttribute("aria-activedescendant");
  input.setAttribute("aria-activedescendant", `found-${at}`);
  return list.children[at].scrollIntoView({ block: "nearest" });
}

function choose(at) {
  if (at < found.length) go(found[at][0]);
  else openDirectory();
}

function option(at, text) {
  const item = element("li", "", text);
  item.id = `found-${at}`;
  item.setAttribute("role", "option");
  item.addEventListener("mousedown", (event) => event.preventDefault()); // stay in the box
  item.addEventListener("click", () => choose(at));
  return item;
}

async function suggest() {
  const text = input.value;
  const index = await unlessLost();
  if (!index) return close();
  const { hits, isSure } = await search(text);
  if (text !== input.value) return;
  found = hits.slice(0, MOST);
  foundFor = text;
  const items = found.map(([at, by], each) => {
    const [name, usps, , letters] = index.counties[at];
    const item = option(each, `${name}, ${index.states[usps]}${by ? ` (${by})` : ""}`);
    item.append(element("b", "", numeral(letters)));
    return item;
  });
  if (hits.length > MOST) {
    const all = option(MOST, index.words.all.replace("%(n)s", hits.length.toLocaleString()));
    all.className = "all";
    items.push(all);
  }
  if (!hits.length) items.push(element("li", "quiet", index.words.none));
  list.replaceChildren(...items);
  list.hidden = !text.trim();
  input.setAttribute("aria-expanded", String(!list.hidden));
  mark(isSure ? 0 : -1);
}

input.addEventListener("focus", unlessLost);
input.addEventListener("input", suggest);
input.addEventListener("blur", close);
input.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return close();
  if (list.hidden || !found.length || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  event.preventDefault();
  const all = list.children.length;
  if (event.key === "ArrowDown") mark((active + 1) % all);
  else mark((active < 1 ? all : active) - 1);
});
form.addEventListener("submit", async (event) => {
  const text = input.value;
  if (!text.trim()) return;
  event.preventDefault();
  if (!list.hidden && active >= 0 && foundFor === text) return choose(active);
  const { hits, isSure } = await search(text).catch(() => ({ hits: [], isSure: false }));
  if (isSure) go(hits[0][0]);
  else openDirectory();
});
