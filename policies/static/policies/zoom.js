// Zoom and pan: buttons, wheel with Ctrl (which is what a trackpad's pinch says), two fingers, a
// drag once zoomed in, and the keys + - 0. What is seen is the SVG's own viewBox.

const [WIDTH, HEIGHT] = [975, 610];
const MOST = 40;
const NEAR = 2; // from this zoom on, finer outlines are worth fetching

export function zoomable(frame, svg, { onSettled, fine }) {
  let [x, y, width] = svg.getAttribute("viewBox").split(" ").map(Number);
  let settling;

  const height = () => (width * HEIGHT) / WIDTH;
  const bound = (value, size, all) => Math.min(Math.max(value, -size / 2), all - size / 2);
  const round = (value) => Math.round(value * 10) / 10;

  function draw() {
    svg.setAttribute("viewBox", `${round(x)} ${round(y)} ${round(width)} ${round(height())}`);
    frame.classList.toggle("zoomed", width < WIDTH);
    clearTimeout(settling);
    settling = setTimeout(settled, 250);
  }

  function settled() {
    onSettled(width >= WIDTH ? "" : `${round(x)},${round(y)},${round(width)}`);
    if (WIDTH / width >= NEAR) fine({ left: x, top: y, right: x + width, bottom: y + height() });
  }

  // Keeps the point of the map at these shares of the picture where it is.
  function zoom(by, across = 0.5, down = 0.5) {
    const wanted = Math.min(WIDTH, Math.max(WIDTH / MOST, width / by));
    x += (width - wanted) * across;
    y += (height() - (wanted * HEIGHT) / WIDTH) * down;
    width = wanted;
    if (width === WIDTH) [x, y] = [0, 0];
    [x, y] = [bound(x, width, WIDTH), bound(y, height(), HEIGHT)];
    draw();
  }

  function pan(dx, dy) {
    if (width >= WIDTH) return;
    [x, y] = [bound(x + dx, width, WIDTH), bound(y + dy, height(), HEIGHT)];
    draw();
  }

  function whole() {
    [x, y, width] = [0, 0, WIDTH];
    draw();
  }

  // A county chosen with the keyboard is brought into view.
  function reveal(box) {
    const isIn = box.x >= x && box.y >= y && box.x + box.width <= x + width && box.y + box.height <= y + height();
    if (!isIn) pan(box.x + box.width / 2 - x - width / 2, box.y + box.height / 2 - y - height() / 2);
  }

  function seen(viewBox) {
    [x, y, width] = viewBox.split(" ").map(Number);
    draw();
  }

  const share = (event) => {
    const box = svg.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height, box.width];
  };

  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 200), ...share(event));
  }, { passive: false });

  const fingers = new Map();
  let dragged = false;
  svg.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, event);
    dragged = false;
  });
  svg.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const [, , across] = share(event);
    if (fingers.size === 2) {
      const other = [...fingers.values()].find((each) => each.pointerId !== event.pointerId);
      const apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
      const middle = { clientX: (event.clientX + other.clientX) / 2, clientY: (event.clientY + other.clientY) / 2 };
      zoom(apart(event) / Math.max(1, apart(before)), ...share(middle));
      dragged = true;
    } else if (width < WIDTH) {
      const [dx, dy] = [event.clientX - before.clientX, event.clientY - before.clientY];
      if (!dragged && Math.hypot(dx, dy) < 4) return;
      dragged = true;
      pan((-dx * width) / across, (-dy * width) / across);
    }
    fingers.set(event.pointerId, event);
  });
  for (const type of ["pointerup", "pointercancel", "pointerleave"]) {
    svg.addEventListener(type, (event) => fingers.delete(event.pointerId));
  }
  // The end of a drag is no click.
  svg.addEventListener("click", (event) => {
    if (dragged) event.stopImmediatePropagation();
    dragged = false;
  }, { capture: true });

  frame.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "+" || event.key === "=") zoom(1.5);
    else if (event.key === "-") zoom(1 / 1.5);
    else if (event.key === "0") whole();
    else return;
    event.preventDefault();
  });
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => {
      if (button.dataset.zoom === "whole") whole();
      else zoom(button.dataset.zoom === "in" ? 1.5 : 1 / 1.5);
    });
  }
  frame.classList.toggle("zoomed", width < WIDTH);
  if (width < WIDTH) settled();
  return { reveal, seen };
}
