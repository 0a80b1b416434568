// Names that the admin's stock widgets leave out, for those who hear a page or speak to it.
// Each is made of words that stand on the page: a label, a heading of a table.
const SEARCH = ".select2-search__field";
const jQuery = window.django?.jQuery;

// Choosers are made when jQuery is ready, other widgets when all is loaded.
jQuery?.(() => nameAll(document));
window.addEventListener("load", () => nameAll(document));
document.addEventListener("formset:added", (event) => setTimeout(nameAll, 0, event.target));
jQuery?.(document).on("select2:open", (event) => {
  name(document.querySelector(`.select2-container--open .select2-dropdown ${SEARCH}`), wordsOf(event.target));
});

function nameAll(part) {
  part.querySelectorAll("select.select2-hidden-accessible").forEach(nameChooser);
  part.querySelectorAll(".tabular td :is(input:not([type=hidden]), select, textarea)").forEach((field) => {
    if (!field.labels?.length) name(field, wordsOf(field));
  });
  part.querySelectorAll("p.datetime input").forEach((field) => name(field, wordsOfMoment(field)));
  part.querySelectorAll("th.original:empty").forEach((cell) => cell.replaceWith(emptyCell()));
  part.querySelectorAll("span.help-tooltip[aria-label]").forEach((icon) => icon.setAttribute("role", "img"));
  const search = part.querySelector("#searchbar");
  name(search, search?.labels[0]?.querySelector("img")?.alt);
}

// A chooser says what it is for, and what is chosen.
function nameChooser(select) {
  const shown = select.nextElementSibling;
  const words = wordsOf(select);
  const box = shown?.querySelector("[role=combobox]");
  name(shown?.querySelector(SEARCH), words);
  if (!box || !words) return;
  const chosen = box.querySelector(".select2-selection__rendered");
  name(box, words);
  box.id ||= `${select.id}_chooser`;
  box.setAttribute("aria-labelledby", `${box.id} ${chosen.id}`.trim());
  // What is chosen is part of that name: neither a field of its own nor a list.
  chosen.setAttribute("role", "presentation");
  chosen.removeAttribute("aria-readonly");
}

function wordsOf(field) {
  const label = field.labels?.[0] ?? document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
  return plain(label ?? headingOf(field.closest("td")));
}

function headingOf(cell) {
  return cell?.closest("table").querySelector(`thead tr :nth-child(${cell.cellIndex + 1})`);
}

function wordsOfMoment(field) {
  const whole = field.closest("fieldset")?.querySelector("legend");
  return `${plain(whole)} ${plain(field.previousSibling)}`.trim();
}

function plain(node) {
  return (node?.textContent ?? "").trim().replace(/[:*\s]+$/, "");
}

function name(element, words) {
  if (element && words) element.setAttribute("aria-label", words);
}

function emptyCell() {
  return Object.assign(document.createElement("td"), { className: "original" });
}
