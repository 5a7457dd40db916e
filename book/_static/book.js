// What a page does beyond plain HTML: light or dark, the language switch that keeps the place, and the origin
// of a figure shown on the spot. Without this script every page reads well and every link works.

const root = document.documentElement;

const colours = document.querySelector("button.colours");
if (colours) {
  const press = () => colours.setAttribute("aria-pressed", String(root.dataset.theme === "dark"));
  colours.hidden = false;
  press();
  colours.addEventListener("click", () => {
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.theme);
    press();
  });
}

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
choose();

// The origin of a figure: on hover and on focus; on a touch screen the first tap shows it, the second follows.
const note = Object.assign(document.createElement("div"), { id: "trace", hidden: true });
note.setAttribute("role", "tooltip");
document.body.append(note);
let shown = null;

const show = (link) => {
  if (shown === link) return;
  hide();
  shown = link;
  const [first, ...others] = link.title.split("\n");
  note.replaceChildren(
    Object.assign(document.createElement("strong"), { textContent: first }),
    ...others.map((text) => Object.assign(document.createElement("span"), { textContent: text })),
    Object.assign(document.createElement("small"), { textContent: document.body.dataset.follow }),
  );
  link.dataset.title = link.title;
  link.removeAttribute("title"); // or the browser would show it a second time
  link.setAttribute("aria-describedby", note.id);
  note.hidden = false;
  const box = link.getBoundingClientRect();
  const room = root.clientWidth - note.offsetWidth - 16;
  const below = box.bottom + note.offsetHeight + 12 < root.clientHeight;
  note.style.left = `${scrollX + Math.max(16, Math.min(box.left, room))}px`;
  note.style.top = `${scrollY + (below ? box.bottom + 6 : box.top - note.offsetHeight - 6)}px`;
};
const hide = () => {
  if (!shown) return;
  shown.title = shown.dataset.title;
  shown.removeAttribute("aria-describedby");
  shown = null;
  note.hidden = true;
};
const traced = (event) => event.target.closest?.("a.traced[href]");

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const link = traced(event);
  if (link) show(link);
  else if (!event.target.closest?.("#trace") && shown !== document.activeElement) hide();
});
document.addEventListener("focusin", (event) => (traced(event) ? show(traced(event)) : hide()));
document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
let touched = false;
document.addEventListener("pointerdown", (event) => {
  const link = traced(event);
  touched = event.pointerType === "touch" && link && link !== shown;
  if (!link) hide();
});
document.addEventListener("click", (event) => {
  const link = traced(event);
  if (link && touched) {
    event.preventDefault();
    show(link);
  }
});
