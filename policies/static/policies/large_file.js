// A file that is too large is refused where it is chosen, before anything is sent. Without this
// script the server refuses it.
for (const input of document.querySelectorAll("input[type=file][data-largest]")) {
  input.addEventListener("change", () => check(input));
}

function check(input) {
  const old = input.parentElement.querySelector(".too-large");
  old?.remove();
  const [file] = input.files;
  if (!file || file.size <= Number(input.dataset.largest)) return;
  const words = document.createElement("p");
  words.className = "too-large needs-person";
  words.setAttribute("role", "alert");
  words.textContent = input.dataset.tooLarge.replace("{file}", file.name);
  input.value = "";
  input.after(words);
}
