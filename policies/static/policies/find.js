// Finds a county, in the browser: what is typed here is sent nowhere.

import { element, load, numeral, present, unlessLost } from "./map.js";
import { ofSpot, ofTown, ofZip } from "./places.js";

const form = document.querySelector("[data-find]");
const input = form.querySelector("input[type=search]");
const list = document.getElementById("found");
const status = document.getElementById("find-status");
const MOST = 8;
let most = MOST;
let found = []; // { at: position, by: how it was found, note: what to say of it, others: positions }
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

const fill = (words, values) => words.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);

// A ZIP is a route of the mail: it never decides between counties.
async function byZip(code, index) {
  const { found: here, near } = await ofZip(code);
  const by = fill(index.words.zip, { zip: code });
  const others = (at) => (here.length > 1 ? here : near).filter((other) => other !== at);
  const note = here.length > 1 ? index.words.crosses : index.words.near;
  return here.map((at) => ({ at, by, note, others: others(at) }));
}

async function byTown(text, index) {
  const [, head, tail] = text.match(/^(.*\S)\s*,\s*([^,]+)$/) ?? [null, text, ""];
  const wanted = fold(head);
  if (wanted.length < 3) return [];
  const isThere = ([usps, name]) => !tail || [usps, name].some((each) => fold(each) === fold(tail));
  const states = new Set(Object.entries(index.states).filter(isThere).map(([usps]) => usps));
  const towns = (await ofTown(wanted, fold)).filter(([, [first]]) => states.has(index.counties[first][1]));
  towns.sort((a, b) => b[2] - a[2]);
  return towns.slice(0, 40).flatMap(([town, places, isWhole]) =>
    places.map((at) => ({ at, by: town, isWhole, note: places.length > 1 ? index.words.crosses : "", others: places.filter((other) => other !== at) })));
}

async function search(text) {
  const index = await load();
  const wanted = fold(text);
  if (!wanted) return { hits: [], isSure: false };
  const isCode = /^\d+$/.test(wanted);
  const hits = [];
  open(index).forEach(({ fips, places, names }, at) => {
    let best = isCode && (fips === wanted || (wanted.length === 4 && fips === `0${wanted}`)) ? 0 : 9;
    let by = names[0][0];
    for (const [name, keys] of names) {
      const rank = closeness(keys, places, wanted);
      if (rank < best) [best, by] = [rank, name];
    }
    if (best > 3 && places[1].startsWith(wanted)) best = 3;
    if (best < 9) hits.push([best, names[0][0].length, at, by === names[0][0] ? (isCode ? `FIPS ${fips}` : "") : by]);
  });
  hits.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  // "Nevada" is a county of two states and a state: whoever writes a state is not sent anywhere.
  const isState = Object.values(index.states).some((state) => fold(state) === wanted);
  // The counties of a state are an answer only where no county has the name.
  const kept = hits[0]?.[0] === 3 ? hits : hits.filter(([rank]) => rank < 3);
  const named = kept.map(([, , at, by]) => ({ at, by }));
  const zips = isCode && wanted.length === 5 ? await byZip(wanted, index) : [];
  const towns = isCode ? [] : await byTown(text, index).catch(() => []);
  const isNew = ({ at, by }) => !named.some((each) => each.at === at && fold(by).startsWith(fold(index.counties[at][0]).slice(0, 4)));
  const all = [...zips, ...named, ...towns.filter(isNew)];
  const isSure = named.length > 0 && !isState && !zips.length && hits[0][0] !== hits[1]?.[0];
  return { hits: all, isSure: isSure || all.length === 1 };
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

// The county's card, drawn here: nobody is asked for it.
async function choose(which) {
  if (which >= most) {
    most = Infinity;
    return suggest();
  }
  const { at, note, others } = found[which];
  const index = await load();
  close();
  status.textContent = "";
  const extra = [];
  if (note) {
    extra.push(element("p", "quiet", note));
    const places = element("ul", "others");
    for (const other of others) {
      const [name, usps] = index.counties[other];
      const button = element("button", "link", `${name}, ${index.states[usps]}`);
      button.type = "button";
      button.addEventListener("click", () => present(other, [element("p", "quiet private", index.words.private)]));
      const item = element("li");
      item.append(button);
      places.append(item);
    }
    extra.push(places);
  }
  extra.push(element("p", "quiet private", index.words.private));
  return present(at, extra);
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
  const { hits, isSure } = await search(text).catch(() => ({ hits: [], isSure: false }));
  if (text !== input.value) return null;
  offer(index, hits, text);
  mark(isSure ? 0 : -1);
  return isSure;
}

function offer(index, hits, text) {
  found = hits;
  foundFor = text;
  const items = hits.slice(0, most).map(({ at, by }, each) => {
    const [name, usps, , letters] = index.counties[at];
    const item = option(each, `${name}, ${index.states[usps]}${by ? ` (${by})` : ""}`);
    item.append(element("b", "", numeral(letters)));
    return item;
  });
  if (hits.length > most) {
    const all = option(most, fill(index.words.all, { n: hits.length.toLocaleString() }));
    all.className = "all";
    items.push(all);
  }
  if (!hits.length) items.push(element("li", "quiet", index.words.none));
  list.replaceChildren(...items);
  list.hidden = !text.trim();
  input.setAttribute("aria-expanded", String(!list.hidden));
}

input.addEventListener("focus", unlessLost);
input.addEventListener("input", () => {
  most = MOST;
  suggest();
});
input.addEventListener("blur", close);
input.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return close();
  if (list.hidden || !found.length || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  event.preventDefault();
  const all = list.children.length;
  if (event.key === "ArrowDown") mark((active + 1) % all);
  else mark((active < 1 ? all : active) - 1);
});
// Nothing that is typed here leaves the page.
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = input.value;
  if (!text.trim()) return input.focus();
  if (!list.hidden && active >= 0 && foundFor === text) return choose(active);
  input.focus();
  if (await suggest()) return choose(0);
});

// --- Where the device is: asked for only when somebody presses the button ------------------------

const here = document.querySelector("[data-here]");
here.hidden = !navigator.geolocation; // it has its place from the start: nothing moves when this file arrives
here.addEventListener("click", async () => {
  const index = await unlessLost();
  if (!index) return;
  status.textContent = index.words.locating;
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    const [at, ...others] = ofSpot(coords.latitude, coords.longitude);
    if (at === undefined) {
      status.textContent = index.words.outside;
      return;
    }
    found = [{ at, note: others.length ? index.words.border : "", others }];
    choose(0);
  }, () => { status.textContent = index.words.denied; }, { maximumAge: 600000, timeout: 20000 });
});
