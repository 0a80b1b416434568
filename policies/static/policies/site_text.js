// A live preview of both languages, rendered and cleaned by the server, and how long each is.
const form = document.getElementById("site-text");
const areas = { english: form.elements.english, spanish: form.elements.spanish };
const problems = document.getElementById("preview-problems");
let timer;

function count(area) {
  const output = form.querySelector(`output[for=${area.id}]`);
  output.value = `${area.value.length} / ${output.dataset.most}`;
  output.classList.toggle("too-many", area.value.length > Number(output.dataset.most));
}

async function preview() {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("key", form.dataset.key);
  for (const [name, area] of Object.entries(areas)) body.set(name, area.value);
  const response = await fetch(form.dataset.preview, { method: "POST", body });
  if (!response.ok) return;
  const shown = await response.json();
  for (const name of Object.keys(areas)) {
    document.getElementById(`preview-${name}`).innerHTML = shown[name]; // cleaned by the server
  }
  problems.replaceChildren(...shown.problems.map((text) => {
    const item = document.createElement("li");
    item.textContent = text;
    return item;
  }));
}

for (const area of Object.values(areas)) {
  count(area);
  area.addEventListener("input", () => {
    count(area);
    clearTimeout(timer);
    timer = setTimeout(preview, 400);
  });
}
