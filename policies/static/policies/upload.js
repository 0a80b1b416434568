// Sends the form with its progress shown. Without this script it is sent like any other form.
const form = document.querySelector("#submission_form");
const progress = document.querySelector("#upload-progress");

if (form && progress) form.addEventListener("submit", send);

function send(event) {
  event.preventDefault();
  const input = form.querySelector("input[type=file]");
  const file = input.files[0];
  if (file && file.size > Number(input.dataset.largest)) {
    tell(progress.dataset.tooLarge);
    input.focus();
    return;
  }
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
  request.upload.addEventListener("progress", showSent);
  request.upload.addEventListener("load", () => tell(progress.dataset.reading, null));
  request.addEventListener("load", () => answered(request));
  request.addEventListener("error", () => stopped(progress.dataset.failed));
  busy(true);
  tell(progress.dataset.sending, 0);
  request.send(new FormData(form));
}

function showSent(event) {
  if (!event.lengthComputable) return;
  const part = event.loaded / event.total;
  tell(`${progress.dataset.sending}${Math.floor(part * 100)} %`, part);
}

function answered(request) {
  if (request.status === 201) {
    location.assign(JSON.parse(request.responseText).location);
    return;
  }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const answer = page.querySelector("#content-main");
  if (request.status === 200 && page.querySelector("#submission_form") && answer) {
    showErrors(page);
  } else {
    stopped(page.querySelector(".errornote")?.textContent ?? progress.dataset.failed);
  }
}

// The fields with their errors, as the server wrote them; the file that was chosen stays chosen.
function showErrors(page) {
  const chosen = form.querySelector("input[type=file]");
  for (const old of form.querySelectorAll(".errornote, .errorlist")) old.remove();
  const note = page.querySelector("#submission_form .errornote");
  if (note) form.querySelector("fieldset").before(document.importNode(note, true));
  for (const list of page.querySelectorAll("#submission_form .errorlist[id]")) {
    const field = form.querySelector(`#${list.id.replace(/_error$/, "")}`);
    field?.closest(".form-row").prepend(document.importNode(list, true));
    field?.setAttribute("aria-invalid", "true");
    field?.setAttribute("aria-describedby", list.id);
  }
  stopped("");
  (form.querySelector("[aria-invalid]") ?? chosen).focus();
}

function tell(words, part) {
  const bar = progress.querySelector("progress");
  progress.hidden = !words;
  progress.querySelector("[role=status]").textContent = words;
  bar.hidden = part === undefined;
  if (part === null) bar.removeAttribute("value");
  else if (part !== undefined) bar.value = part;
}

function busy(is) {
  for (const button of form.querySelectorAll("[type=submit]")) button.disabled = is;
}

function stopped(words) {
  busy(false);
  tell(words);
}
