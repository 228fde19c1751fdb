// What scripts add to a map: zoom and pan, by wheel, drag, buttons and keys. Only `viewBox` changes.
// The page leaves a place for it:
//   <div class="map-box" data-map> SVG
//     <div class="map-buttons" data-map-buttons hidden>
//       <button type="button" data-map-do="in" aria-label="Zoom in">+</button>
//       <button type="button" data-map-do="out" aria-label="Zoom out">−</button>
//       <button type="button" data-map-do="all" aria-label="Show the whole map">⤢</button>
//     </div>
//   </div>

const MOST = 12;
const STEP = 1.5;
const WHEEL = 1.2;
const PAN = 0.2;

const KEYS = {
  "+": (map) => map.zoom(STEP),
  "=": (map) => map.zoom(STEP),
  "-": (map) => map.zoom(1 / STEP),
  "0": (map) => map.reset(),
  ArrowLeft: (map) => map.pan(-PAN, 0),
  ArrowRight: (map) => map.pan(PAN, 0),
  ArrowUp: (map) => map.pan(0, -PAN),
  ArrowDown: (map) => map.pan(0, PAN),
};

const DOES = {
  in: (map) => map.zoom(STEP),
  out: (map) => map.zoom(1 / STEP),
  all: (map) => map.reset(),
};

class ZoomableMap {
  constructor(box, svg) {
    const { width, height } = svg.viewBox.baseVal;
    this.box = box;
    this.svg = svg;
    this.full = { width, height };
    this.view = { x: 0, y: 0, width, height };
  }

  get scale() {
    return this.full.width / this.view.width;
  }

  /** Where a pointer is, as shares of the drawing's width and height. */
  share(event) {
    const frame = this.svg.getBoundingClientRect();
    return [(event.clientX - frame.left) / frame.width, (event.clientY - frame.top) / frame.height];
  }

  /** The middle of the pins as shares of what is shown; the middle of it where they are outside. */
  get focus() {
    const pins = this.svg.querySelector(".map-pin")?.getBBox();
    if (!pins) return [0.5, 0.5];
    const across = (pins.x + pins.width / 2 - this.view.x) / this.view.width;
    const down = (pins.y + pins.height / 2 - this.view.y) / this.view.height;
    return [across, down].every((each) => each >= 0 && each <= 1) ? [across, down] : [0.5, 0.5];
  }

  /** Enlarge around a point. True when there was something left to do. */
  zoom(factor, [across, down] = this.focus) {
    const scale = Math.min(MOST, Math.max(1, this.scale * factor));
    if (scale === this.scale) return false;
    const width = this.full.width / scale;
    const height = this.full.height / scale;
    return this.show({
      x: this.view.x + (this.view.width - width) * across,
      y: this.view.y + (this.view.height - height) * down,
      width,
      height,
    });
  }

  /** Move by shares of what is shown. True unless the edge was reached before. */
  pan(across, down) {
    const { x, y, width, height } = this.view;
    return this.show({ x: x + across * width, y: y + down * height, width, height });
  }

  reset() {
    return this.show({ x: 0, y: 0, ...this.full });
  }

  show({ x, y, width, height }) {
    const before = this.svg.getAttribute("viewBox");
    this.view = {
      x: Math.min(this.full.width - width, Math.max(0, x)),
      y: Math.min(this.full.height - height, Math.max(0, y)),
      width,
      height,
    };
    const after = [this.view.x, this.view.y, width, height].map((each) => +each.toFixed(2)).join(" ");
    this.svg.setAttribute("viewBox", after);
    this.box.classList.toggle("is-zoomed", this.scale > 1);
    for (const button of this.box.querySelectorAll("[data-map-do]")) {
      const isIn = button.dataset.mapDo === "in";
      // Not `disabled`: the button that was just pressed would lose the focus.
      button.setAttribute("aria-disabled", String(isIn ? this.scale >= MOST : this.scale <= 1));
    }
    return after !== before;
  }

  listen() {
    // On the box, not on the picture: the keys work while one of its buttons has the focus.
    this.box.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      // At an edge the keys are the page's again.
      if (KEYS[event.key]?.(this)) event.preventDefault();
    });
    this.svg.addEventListener(
      "wheel",
      (event) => {
        // A wheel alone scrolls the page until the map is enlarged or one of its buttons has the focus.
        if (!event.ctrlKey && this.scale === 1 && !this.box.contains(document.activeElement)) return;
        const factor = event.deltaY < 0 ? WHEEL : 1 / WHEEL;
        if (this.zoom(factor, this.share(event)) || event.ctrlKey) event.preventDefault();
      },
      { passive: false },
    );
    this.svg.addEventListener("pointerdown", (event) => this.drag(event));
    for (const buttons of this.box.querySelectorAll("[data-map-buttons]")) {
      buttons.hidden = false;
      buttons.addEventListener("click", (event) => {
        const button = event.target.closest("[data-map-do]");
        if (button) DOES[button.dataset.mapDo]?.(this);
      });
    }
    this.show(this.view);
  }

  drag(event) {
    if (event.button !== 0 || this.scale === 1) return;
    let before = this.share(event);
    const move = (moved) => {
      if (moved.pointerId !== event.pointerId) return;
      const now = this.share(moved);
      this.pan(before[0] - now[0], before[1] - now[1]);
      before = now;
    };
    const end = (ended) => {
      if (ended.pointerId !== event.pointerId) return;
      this.svg.removeEventListener("pointermove", move);
      this.svg.removeEventListener("pointerup", end);
      this.svg.removeEventListener("pointercancel", end);
    };
    this.svg.setPointerCapture(event.pointerId);
    this.svg.addEventListener("pointermove", move);
    this.svg.addEventListener("pointerup", end);
    this.svg.addEventListener("pointercancel", end);
  }
}

const ready = new WeakSet();

/** Let the maps under `root` zoom; call it again for what a script puts into the page. */
export function prepareMaps(root) {
  for (const box of root.querySelectorAll("[data-map]")) {
    const svg = box.querySelector("svg.map");
    if (!svg || ready.has(box)) continue;
    ready.add(box);
    new ZoomableMap(box, svg).listen();
  }
}

prepareMaps(document);
// Answers that replace the page's content bring maps of their own.
new MutationObserver(() => prepareMaps(document)).observe(document.body, {
  childList: true,
  subtree: true,
});
