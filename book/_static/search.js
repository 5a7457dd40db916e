// The search: every word of the query has to stand in a passage. Figures are found as they are printed, with or without
// separators; Chinese needs no blanks; what is called for short is found by its whole name too.
{
  const HAN = "\\u3400-\\u9fff";
  const SHOWN = 4; // passages of a chapter before "more"
  const plain = (text) =>
    text.normalize("NFKC").toLowerCase()
      .replace(/(?<=\d),(?=\d{3})/g, "")
      .replace(new RegExp(`\\s+(?=[${HAN}])|(?<=[${HAN}])\\s+`, "g"), "");
  const escaped = (word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  // a number is found whole: 287 is not 1287
  const pattern = (word) => (/^[\d.]+%?$/.test(word) ? `(?<![\\d.])${escaped(word)}(?![\\d]|\\.\\d)` : escaped(word));
  const form = document.getElementById("search");
  const told = document.getElementById("found");
  const results = document.getElementById("search-results");

  const passages = [];
  for (const [address, title, sections] of SEARCH_INDEX.pages)
    for (const [anchor, section, own] of sections)
      for (const [kind, place, text] of own)
        passages.push({ address, title, section, anchor: place || anchor, kind, text, plain: plain(text) });

  const element = (name, parts = {}, ...children) => {
    const made = Object.assign(document.createElement(name), parts);
    made.append(...children);
    return made;
  };
  // the words around the first match, each match marked
  const snippet = (text, expression) => {
    const shown = element("span");
    const all = [...text.matchAll(expression)];
    const start = all.length && all[0].index > 90 ? all[0].index - 60 : 0;
    let end = start;
    for (const match of all.filter((each) => each.index >= start && each.index < start + 240)) {
      shown.append(text.slice(end, match.index), element("mark", { textContent: match[0] }));
      end = match.index + match[0].length;
    }
    shown.append(text.slice(end, Math.max(end, start + 240)));
    if (start) shown.prepend("… ");
    if (Math.max(end, start + 240) < text.length) shown.append(" …");
    return shown;
  };
  const found = (query) => {
    const words = plain(query).split(/\s+/).filter(Boolean);
    const forms = words.map((word) => [word, ...(SEARCH_INDEX.short[word] ? [plain(SEARCH_INDEX.short[word])] : [])]);
    const tests = forms.map((own) => new RegExp(own.map(pattern).join("|")));
    const hits = words.length ? passages.filter((passage) => tests.every((test) => test.test(passage.plain))) : [];
    // in the words as printed there may be separators and blanks that the query has not
    const loose = forms.flat().map((word) => [...word].map(escaped).join(`[,\\s]?`));
    return [hits, new RegExp(loose.join("|"), "gi")];
  };
  const entry = (hit, expression) => {
    const link = element("a", { href: `${hit.address}#${hit.anchor}`, textContent: hit.section });
    const item = element("li", {}, link, element("p", { className: "context" }, snippet(hit.text, expression)));
    const uses = SEARCH_INDEX.uses[hit.anchor] ?? [];
    if (uses.length) {
      const list = element("p", { className: "context" }, `${told.dataset.used} `);
      uses.forEach(([href, name], i) => list.append(i ? " · " : "", element("a", { href, textContent: name })));
      item.append(element("details", {}, element("summary", { textContent: `${told.dataset.used} (${uses.length})` }), list));
    }
    return item;
  };
  const show = () => {
    const query = form.elements.q.value.trim();
    const [hits, expression] = found(query);
    const chapters = Map.groupBy ? Map.groupBy(hits, (hit) => hit.address) : hits.reduce((all, hit) => all.set(hit.address, [...(all.get(hit.address) ?? []), hit]), new Map());
    results.replaceChildren();
    for (const own of [...chapters.values()].sort((a, b) => Math.min(...a.map((hit) => hit.kind)) - Math.min(...b.map((hit) => hit.kind)))) {
      const items = own.sort((a, b) => a.kind - b.kind).map((hit) => entry(hit, expression));
      const list = element("ul", {}, ...items.slice(0, SHOWN));
      results.append(element("h2", { textContent: own[0].title }), list);
      if (items.length > SHOWN) {
        const more = element("button", { type: "button", textContent: told.dataset.more.replace("{n}", items.length - SHOWN) });
        more.addEventListener("click", () => (list.append(...items.slice(SHOWN)), more.remove(), items[SHOWN].querySelector("a").focus()));
        results.append(more);
      }
    }
    told.textContent = query && (hits.length ? told.dataset.count.replace("{n}", hits.length).replace("{chapters}", chapters.size) : told.dataset.none);
    history.replaceState(null, "", location.pathname + (query && `?q=${encodeURIComponent(query)}`));
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.elements.q.value = new URLSearchParams(location.search).get("q") ?? "";
  show();
  if (!form.elements.q.value) form.elements.q.focus();
}
