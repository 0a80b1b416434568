// Keys and focus on a county's screen. Without this script the form works all the same.
const form = document.querySelector("#entry_form");
const buttons = [...form.querySelectorAll(".editor > summary")];
const count = form.querySelector("#entry-count");
let sent = false;

for (const button of buttons) {
  button.parentElement.addEventListener("toggle", opened);
  button.addEventListener("keydown", go);
}
form.addEventListener("keydown", whileWriting);
form.addEventListener("change", tell);
form.addEventListener("submit", once);
window.addEventListener("pageshow", () => { sent = false; });
tell();
focusFirstError();

// Only a button opened by its user takes the focus along: those open from the start do not.
function opened(event) {
  const editor = event.currentTarget;
  const button = editor.querySelector("summary");
  if (editor.open && document.activeElement === button) {
    editor.querySelector("input[type=radio]:checked, input[type=radio]")?.focus();
  }
}

// Keys of the "Write" buttons alone: nowhere else does a letter or digit do anything.
function go(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const at = buttons.indexOf(event.currentTarget);
  const factor = Number(event.key);
  let target;
  if (event.key === "ArrowDown") target = buttons[at + 1];
  else if (event.key === "ArrowUp") target = buttons[at - 1];
  else if (factor >= 1) target = form.querySelector(`.factor:nth-child(${factor}) > .editor > summary`);
  else if (event.key.toLowerCase() === "s") target = form.querySelector("#source .select2-selection, #source select");
  else return;
  event.preventDefault();
  target?.focus();
}

function whileWriting(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[name=_save]"));
  } else if (event.key === "Escape" && !event.target.closest(".select2-container")) {
    event.target.closest(".editor")?.querySelector("summary").focus();
  }
}

function tell() {
  const answered = [...form.querySelectorAll(".factor")].filter(
    (factor) => factor.querySelector("input[name$='-answer']:checked")?.value || isAmended(factor),
  );
  const numbers = answered.map((factor) => factor.querySelector(".factor-number").textContent);
  const words = answered.length > 1 ? count.dataset.many : count.dataset.one;
  count.textContent = answered.length
    ? `${words.replace("{count}", answered.length)} ${numbers.join(", ")}`
    : count.dataset.none;
}

// A draft of which only the words or days are changed keeps its answer.
function isAmended(factor) {
  const fields = factor.querySelectorAll(".editor[data-draft] :is(input[type=text], textarea)");
  return [...fields].some((field) => field.value !== field.defaultValue);
}

function once(event) {
  if (sent) event.preventDefault();
  sent = true;
}

function focusFirstError() {
  const error = form.querySelector(".errorlist");
  if (!error) {
    form.querySelector("#entry-errors")?.focus();
    return;
  }
  const field = error.closest(".entry-field, .choice, .editor-body");
  field?.querySelector("input:not([type=hidden]), textarea, select")?.focus();
}
