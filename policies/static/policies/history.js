// All answers over time, fetched once: see policies/map_history.py for the form of the file.

let loading;
export const history = (address) =>
  (loading ??= fetch(address, { credentials: "omit" })
    .then((response) => {
      if (!response.ok) throw new Error(response.status);
      return response.json();
    })
    .catch((error) => {
      loading = undefined;
      throw error;
    }));

// The state of every county on a day (an index of `states`), in order of FIPS codes.
export function statesOn({ days, counties }, day) {
  let last = days.length - 1;
  while (last >= 0 && days[last] > day) last -= 1;
  return counties.map((runs) => {
    let state = 0;
    for (let at = 0; at < runs.length && runs[at] <= last; at += 2) state = runs[at + 1];
    return state;
  });
}

// Whether some evidence of that state is old on that day.
export function isOld({ states, lists }, state, day) {
  const [, freshUntil, absent] = states[state];
  if (freshUntil && day > freshUntil) return true;
  return [...absent].some((position) => {
    const newest = (lists[position] ?? []).findLast(([listed]) => listed <= day);
    return newest && day > newest[1];
  });
}
