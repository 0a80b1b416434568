// What the stock forms leave out for those who type fast, or along a long page.
const ERRORS = "#content [aria-invalid=true]:not([type=hidden])";
const HIGHLIGHT = "select2-results__option--highlighted";

// Until the words just typed are looked up, a chooser shows what was found before: Enter takes none of it.
document.addEventListener("input", (event) => {
  if (!event.target.matches(".select2-search__field")) return;
  document.querySelectorAll(`.${HIGHLIGHT}`).forEach((option) => option.classList.remove(HIGHLIGHT));
}, true);

// A form that came back opens at what is wrong with it: once its choosers are made.
window.addEventListener("load", () => (window.django?.jQuery ?? setTimeout)(focusFirstError));

function focusFirstError() {
  const field = document.querySelector(".errornote") && document.querySelector(ERRORS);
  if (!field) return;
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const chooser = field.matches(".select2-hidden-accessible") && field.nextElementSibling?.querySelector("[role=combobox]");
  (chooser || field).focus();
}
