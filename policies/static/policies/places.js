// Which counties a ZIP code, a town or a spot on the map lies in: looked up here, in files that are
// the same for everybody. Their form: counties/data/README.md.

import { frame, paths, svg } from "./map.js";

const kept = {};
const file = (name) =>
  (kept[name] ??= fetch(frame.dataset[name], { credentials: "omit" })
    .then((response) => {
      if (!response.ok) throw new Error(response.status);
      return response.json();
    })
    .catch((error) => {
      delete kept[name];
      throw error;
    }));

let book;
async function zips() {
  const { zips: steps, counties, near } = await file("zips");
  if (book) return book;
  let [code, first] = [0, 0];
  const of = new Map();
  steps.forEach((step, at) => {
    const [from, ...others] = [counties[at]].flat();
    first += from;
    const here = first;
    of.set(String((code += step)).padStart(5, "0"), [here, ...others.map((other) => here + other)]);
  });
  return (book = { of, near });
}

// Positions of the counties that the ZIP touches, the surest first; and of their neighbours.
export async function ofZip(code) {
  const { of, near } = await zips();
  const found = of.get(code) ?? [];
  return { found, near: found.length === 1 ? near[found[0]].map((step) => found[0] + step) : [] };
}

// [town, positions] of the towns whose name begins so. `fold`: how names are compared.
let spelt;
export async function ofTown(wanted, fold) {
  const rows = await file("towns");
  spelt ??= rows.map(([name]) => fold(name));
  const found = [];
  rows.forEach(([name, first, ...others], at) => {
    if (spelt[at].startsWith(wanted)) found.push([name, [first, ...others.map((other) => first + other)], spelt[at] === wanted]);
  });
  return found;
}

// --- Where the device is -------------------------------------------------------------------------

// The map's projection: Albers' equal-area conic for the country, and two more for the insets, as
// in the TopoJSON of which the outlines are made. Scale and place of each in pixels.
const RADIANS = Math.PI / 180;
const albers = ({ turn, centre, parallels, scale, at }) => {
  const [south, north] = parallels.map((degrees) => Math.sin(degrees * RADIANS));
  const n = (south + north) / 2;
  const c = 1 + south * (2 * n - south);
  const top = Math.sqrt(c) / n;
  const raw = (east, up) => {
    const radius = Math.sqrt(c - 2 * n * Math.sin(up * RADIANS)) / n;
    const angle = ((((east + turn + 540) % 360) - 180) * RADIANS) * n;
    return [radius * Math.sin(angle), top - radius * Math.cos(angle)];
  };
  const [x0, y0] = raw(centre[0] - turn, centre[1]);
  return (east, up) => {
    const [x, y] = raw(east, up);
    return [at[0] + scale * (x - x0), at[1] - scale * (y - y0)];
  };
};
const K = 1300;
const [X, Y] = [487.5, 305];
const COUNTRY = albers({ turn: 96, centre: [-0.6, 38.7], parallels: [29.5, 45.5], scale: K, at: [X, Y] });
const ALASKA = albers({ turn: 154, centre: [-2, 58.5], parallels: [55, 65], scale: K * 0.35, at: [X - 0.307 * K, Y + 0.201 * K] });
const HAWAII = albers({ turn: 157, centre: [-3, 19.9], parallels: [8, 18], scale: K, at: [X - 0.205 * K, Y + 0.212 * K] });

export function onMap(latitude, longitude) {
  if (latitude > 51 && (longitude < -129 || longitude > 170)) return ALASKA(longitude, latitude);
  if (latitude < 24 && longitude < -150) return HAWAII(longitude, latitude);
  return COUNTRY(longitude, latitude);
}

// How far the outlines may be off, in pixels of about five kilometres.
const NEAR = 1.5;

// Positions of the counties at that spot, the surest first, then those across a border nearby.
export function ofSpot(latitude, longitude) {
  const [x, y] = onMap(latitude, longitude);
  const around = [[0, 0]];
  for (let turn = 0; turn < 8; turn += 1) {
    around.push([Math.cos(turn * Math.PI / 4) * NEAR, Math.sin(turn * Math.PI / 4) * NEAR]);
  }
  const points = around.map(([dx, dy]) => Object.assign(svg.createSVGPoint(), { x: x + dx, y: y + dy }));
  const all = Array.from(paths());
  const hits = points.flatMap((point) => all.flatMap((path, at) => (path.isPointInFill(point) ? [at] : [])));
  return [...new Set(hits)];
}
