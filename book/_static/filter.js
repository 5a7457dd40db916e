// The rows of the data, picked and put in order; what was picked stands in the address, so that a link keeps it.
{
  const table = document.querySelector("#tab-observations table");
  const body = table.tBodies[0];
  const rows = [...body.querySelectorAll("tr[id]")].map((row) => ({ row, uses: row.nextElementSibling?.matches(".uses") ? row.nextElementSibling : null }));
  const own = document.getElementById("filter").content.cloneNode(true);
  const form = own.querySelector("form");
  const count = form.querySelector("output");
  // the words of a cell without the remark below them
  const words = (cell) => [...cell.childNodes].filter((node) => node.nodeName !== "SMALL").map((node) => node.textContent).join("").trim();
  const of = {
    subject: ({ row }) => words(row.cells[1]),
    indicator: ({ row }) => words(row.cells[2]),
    status: ({ row }) => words(row.cells[6]),
    source: ({ row }) => row.dataset.source,
  };
  for (const [key, told] of Object.entries(of))
    form.elements[key].append(...[...new Set(rows.map(told))].map((value) => new Option(value, value)));
  const plain = (text) => text.normalize("NFKC").toLowerCase().replaceAll(",", "");

  const pick = () => {
    const wanted = [...new FormData(form)].filter(([, value]) => value);
    let shown = 0;
    for (const each of rows) {
      const fits = wanted.every(([key, value]) => (key === "words" ? plain(each.row.textContent).includes(plain(value.trim())) : of[key](each) === value));
      each.row.hidden = !fits;
      if (each.uses) each.uses.hidden = !fits;
      shown += fits;
    }
    count.textContent = count.dataset.count.replace("{n}", shown).replace("{all}", rows.length);
    const query = new URLSearchParams(wanted).toString();
    history.replaceState(null, "", location.pathname + (query && `?${query}`) + location.hash);
  };
  new URLSearchParams(location.search).forEach((value, key) => form.elements[key] && (form.elements[key].value = value));
  form.addEventListener("input", pick);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(pick));
  table.closest(".scroll").before(own);
  pick();
  // a row that a figure leads to is shown, whatever was picked
  addEventListener("hashchange", () => {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (row?.hidden && body.contains(row)) {
      form.reset();
      setTimeout(() => row.scrollIntoView());
    }
  });

  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      table.querySelectorAll("[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = ({ row }) => (column === 5 ? row.id.split(".").at(-1) : words(row.cells[column]));
      const sorted = rows.toSorted((a, b) => order.compare(key(a), key(b)) * (down ? -1 : 1));
      body.append(...sorted.flatMap(({ row, uses }) => (uses ? [row, uses] : [row])));
    });
  });
}
