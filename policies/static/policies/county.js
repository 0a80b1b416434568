// The county's page: switches that show their outcome at once, and the device's own way to share.
// The outcomes and their words come with the page (presenters/what_if.py); nothing is sent.
const form = document.querySelector("[data-what-if]");
if (form) {
  const shown = form.querySelector("[data-shown]");
  const boxes = [...form.querySelectorAll("input[name=if]")];
  const button = form.querySelector("[data-live]");
  if (button) button.textContent = button.dataset.live;

  const show = () => {
    const on = boxes.filter((box) => box.checked);
    const unknown = on.filter((box) => "unknown" in box.dataset).length;
    const outcome = form.querySelector(`template[data-for="${on.length - unknown}-${unknown}"]`);
    shown.className = `outcome supposed ${outcome.dataset.css}`;
    shown.querySelector("[data-outcome]").replaceChildren(outcome.content.cloneNode(true));
    for (const box of boxes) {
      const square = shown.querySelector(`[data-square=${box.value}]`);
      square.className = box.checked ? "qif" : square.dataset.was;
    }
    if (button) button.disabled = !on.length;
  };
  form.addEventListener("change", show);
  show(); // a browser may have kept what was switched on
}

for (const button of document.querySelectorAll("[data-share]")) {
  button.hidden = !navigator.share;
  button.addEventListener("click", () => {
    navigator.share({ title: document.title, url: button.dataset.share }).catch(() => {}); // called off
  });
}
