// What a page does beyond plain HTML: light or dark, code or none, the section being read, the language switch that keeps
// the place, choices that a link keeps, and the origin of a figure shown on the spot. Without this script every page
// reads well and every link works.

const root = document.documentElement;

const kept = (key, value) => {
  root.dataset[key] = value;
  localStorage.setItem(key, value);
};
const switched = (selector, key, on, off, act = () => {}) => {
  const button = document.querySelector(selector);
  if (!button) return;
  const press = () => {
    button.setAttribute("aria-pressed", String(root.dataset[key] === on));
    act(root.dataset[key] === on);
  };
  button.hidden = false;
  press();
  button.addEventListener("click", () => (kept(key, root.dataset[key] === on ? off : on), press()));
};
switched("button.colours", "theme", "dark", "light");
switched("button.codes", "code", "on", "off", (on) => document.querySelectorAll("details.code").forEach((fold) => (fold.open = on)));

// the section being read, and the way back up once there is one
const links = [...document.querySelectorAll(".sections a[href^='#']")];
const marked = () => {
  root.toggleAttribute("data-far", scrollY > 2 * innerHeight);
  const passed = links.filter((link) => document.getElementById(decodeURIComponent(link.hash.slice(1)))?.getBoundingClientRect().top < 160);
  links.forEach((link) => (link === passed.at(-1) ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
};
addEventListener("scroll", marked, { passive: true });
marked();
// a sheet that was opened for a section of this page is done with
document.querySelector(".sections")?.addEventListener("click", () => document.querySelector(".sheet:popover-open")?.hidePopover());

// the section in the address, else the one being read
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[hreflang]");
  if (!link) return;
  const read = [...document.querySelectorAll("article section section[id]")].filter((s) => s.getBoundingClientRect().top < 160);
  const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named) link.hash = location.hash;
  else if (read.length) link.hash = read.at(-1).id;
  if (location.search) link.search = location.search;
});

// a link to a panel of an explorer chooses it
const choose = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && target.matches("details")) target.open = true;
  const panel = target && target.closest(".explorer-panel");
  if (!panel) return;
  panel.classList.forEach((option) => document.getElementById(option)?.click());
  target.scrollIntoView();
};
addEventListener("hashchange", choose);

// What was chosen stands in the address, so that a reload and a link keep it; what was not is found all the same by the
// browser's own search, which opens it.
const choices = new URLSearchParams(location.search);
document.querySelectorAll(".explorer").forEach((explorer) => {
  const panels = [...explorer.querySelectorAll(".explorer-panel")];
  // in the chart above: the mark of what was chosen, by its name and its number
  const marks = [...(explorer.closest("section")?.querySelectorAll("figure.chart .mark") ?? [])];
  const sets = [...explorer.querySelectorAll("fieldset")].slice(0, 2);
  const point = () => {
    const words = sets.map((set) => set.querySelector("input:checked")?.parentNode.textContent.trim() ?? "");
    const tests = words.map((label) => (/\d/.test(label) ? new RegExp(`(?<![\\d.])${label.match(/\d+/)[0]}(?![\\d.%])`) : { test: (title) => title.startsWith(label) }));
    marks.forEach((mark) => mark.classList.toggle("chosen", sets.length === 2 && tests.every((test) => test.test(mark.querySelector("title").textContent))));
  };
  const show = () => {
    point();
    const others = [...explorer.querySelectorAll("input:not(:checked)")].map((input) => input.id);
    panels.forEach((panel) => {
      if (others.some((id) => panel.classList.contains(id))) panel.hidden = "until-found";
      else panel.hidden = false;
    });
  };
  panels.forEach((panel) => panel.addEventListener("beforematch", () => {
    panel.classList.forEach((option) => document.getElementById(option)?.matches("input") && (document.getElementById(option).checked = true));
    show();
  }));
  explorer.classList.add("live");
  explorer.addEventListener("change", ({ target }) => {
    choices.set(target.name, target.id);
    history.replaceState(null, "", `?${choices}${location.hash}`);
    show();
  });
  explorer.querySelectorAll("input").forEach((input) => (input.checked = choices.has(input.name) ? choices.get(input.name) === input.id : input.checked));
  show();
});
choose();

// The origin of a figure: on hover and on focus; on a touch screen the first tap shows it, the second follows. The value
// of a mark in a chart, which the browser itself shows on hover: on a tap, and by the arrow keys where the chart has focus.
const note = Object.assign(document.createElement("div"), { id: "trace", hidden: true });
note.setAttribute("role", "tooltip");
document.body.append(note);
let shown = null;

const show = (link) => {
  if (shown === link) return;
  hide();
  shown = link;
  const said = link.title || (link.querySelector("title") ?? document.getElementById(link.hash.slice(1))).textContent.trim();
  const [first, ...others] = said.split("\n");
  note.ariaLive = link.matches(".mark") ? "polite" : "off"; // a link is described by the note, a mark is no stop of its own
  note.replaceChildren(
    Object.assign(document.createElement("strong"), { textContent: first }),
    ...others.map((text) => Object.assign(document.createElement("span"), { textContent: text })),
    ...(link.matches(".traced") ? [Object.assign(document.createElement("small"), { textContent: document.body.dataset.follow })] : []),
  );
  if (link.title) link.dataset.title = link.title;
  link.removeAttribute("title"); // or the browser would show it a second time
  if (link.matches("a")) link.setAttribute("aria-describedby", note.id);
  link.classList.add("told");
  note.hidden = false;
  const box = link.getBoundingClientRect();
  const room = root.clientWidth - note.offsetWidth - 16;
  const below = box.bottom + note.offsetHeight + 12 < root.clientHeight;
  note.style.left = `${scrollX + Math.max(16, Math.min(box.left, room))}px`;
  note.style.top = `${scrollY + (below ? box.bottom + 6 : box.top - note.offsetHeight - 6)}px`;
};
const hide = () => {
  if (!shown) return;
  if (shown.dataset.title) shown.title = shown.dataset.title;
  shown.removeAttribute("aria-describedby");
  shown.classList.remove("told");
  shown = null;
  note.hidden = true;
};
const traced = (event) => event.target.closest?.("a.traced[href], a.previewed[href]");
const tapped = (event) => traced(event) ?? event.target.closest?.(".mark");

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const link = traced(event);
  if (link) show(link);
  else if (!event.target.closest?.("#trace") && shown !== document.activeElement) hide();
});
document.addEventListener("focusin", (event) => (traced(event) ? show(traced(event)) : hide()));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const marks = step && event.target.matches(".scroll") ? [...event.target.querySelectorAll(".mark")].filter((mark) => mark.getClientRects().length) : [];
  if (!marks.length) return;
  event.preventDefault();
  const next = marks.at(Math.max(marks.indexOf(shown), step > 0 ? -1 : 0) + step) ?? marks[0]; // round and round
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
  show(next);
});
let touched = false;
document.addEventListener("pointerdown", (event) => {
  const link = tapped(event);
  touched = event.pointerType === "touch" && link && link !== shown;
  if (!link) hide();
});
document.addEventListener("click", (event) => {
  const link = tapped(event);
  if (link && touched) {
    event.preventDefault();
    show(link);
  }
});
