// Finds a county, in the browser: what is typed here is sent nowhere.

import { element, go, load, numeral, unlessLost } from "./map.js";

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
