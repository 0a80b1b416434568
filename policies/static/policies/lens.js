// How a county with these answers is drawn, as policies/lens.py says it: [step of the legend, class].
// Answers are seven letters: y(es), n(o), f (none found), u(nknown).

const UNKNOWN = ["unknown", ""];
const SCORES = "abcdefgh";
const PARTIAL = "stvwxyz";
const COLOUR_FROM = 5; // so many answers have to be known for a colour
const FACTOR = { y: ["yes", "g"], f: ["none_found", "k"], n: ["no", "a"], u: UNKNOWN };

export const counted = (answers) => {
  const yes = answers.split("y").length - 1;
  return { yes, known: 7 - (answers.split("u").length - 1) };
};

function score(answers) {
  const { yes, known } = counted(answers);
  if (known === 7) return [String(yes), SCORES[yes]];
  if (!known) return UNKNOWN;
  return ["partial", known >= COLOUR_FROM ? PARTIAL[yes] : "p"];
}

function together(answers, { inForce, notInForce }) {
  const asked = [...inForce.map((at) => [answers[at], true]), ...notInForce.map((at) => [answers[at], false])];
  const known = asked.filter(([answer]) => answer !== "u");
  if (known.some(([answer, must]) => (answer === "y") !== must)) return ["no", "n"];
  return known.length === asked.length ? ["yes", "g"] : UNKNOWN;
}

function change(now, before, { compared }) {
  const both = compared.filter((at) => now[at] !== "u" && before[at] !== "u")
    .map((at) => (now[at] === "y") - (before[at] === "y"));
  if (!both.length) {
    const isKnown = compared.some((at) => now[at] !== "u" || before[at] !== "u");
    return isKnown ? ["one_day", "p"] : UNKNOWN;
  }
  const net = both.reduce((sum, each) => sum + each, 0);
  const size = Math.min(Math.abs(net), 3);
  if (net > 0) return [`raised${size}`, "fgh"[size - 1]];
  if (net < 0) return [`lowered${size}`, "cba"[size - 1]];
  return both.some(Boolean) ? ["both", "d"] : ["same", "n"];
}

export function shown(lens, now, before) {
  switch (lens.kind) {
    case "change": return change(now, before, lens);
    case "together": return together(now, lens);
    case "factor": return FACTOR[now[lens.compared[0]]];
    default: return score(now);
  }
}
