// The language switch keeps the reader's place: the section in the address, else the one being read.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[hreflang]");
  if (!link) return;
  const read = [...document.querySelectorAll("article section[id]")].filter((s) => s.getBoundingClientRect().top < 160);
  const last = read.at(-1);
  if (location.hash && document.getElementById(location.hash.slice(1))) link.hash = location.hash;
  else if (last && last.parentElement.closest("section[id]")) link.hash = last.id;
  if (location.search) link.search = location.search;
});
