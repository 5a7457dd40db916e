// The search: every word of the query stands in a passage or in the titles above it, and one in the passage itself. A
// figure is found whole, however it is printed; a Chinese word also by the characters that it is called for short by.
{
  const SHOWN = 4; // passages of a chapter before "more"
  const [HEADING, CAPTION, TEXT, CODE] = [0, 1, 2, 4]; // weights; those of the index for titles
  const HAN = "\\u3400-\\u9fff";
  const form = document.getElementById("search");
  const told = document.getElementById("found");
  const results = document.getElementById("search-results");
  const { pages, links, rows } = SEARCH_INDEX;

  // Each letter stays in its place, so that what is found here is marked in the text as printed. A full-width comma does
  // not become one that separates thousands.
  const narrow = (sign) => (sign.normalize("NFKC").length === sign.length ? sign.normalize("NFKC") : sign);
  const plain = (text) =>
    text.replace(/[^\0-\x7f，]/g, narrow).replace(/[‐-―−]/g, "-").replace(/[‘’]/g, "'").replace(/[“”]/g, '"').toLowerCase();
  const words = (query) =>
    plain(query)
      .replace(/(?<=\d),(?=\d{3})/g, "")
      .replace(new RegExp(`(?<=\\d)\\s+(?=[${HAN}])`, "g"), "") // 18.2 亿元
      .split(/[\s，、]+/)
      .filter((word) => /[\p{L}\p{N}]/u.test(word));
  // 287 is neither in 1,287 nor in 287.5; art not in part; brewery in breweries. between: what may stand between two
  // Chinese characters: 规上 is short for 规模以上
  const pattern = (word, between) => {
    const stem = /^[a-z]{4,}$/.test(word) ? word.replace(/(ies|es|y|s)$/, "") : word;
    const gap = (pair) => (/^\d\d/.test(pair) ? ",?" : new RegExp(`^[${HAN}]{2}`).test(pair) ? between : new RegExp(`[${HAN}]`).test(pair) ? "\\s?" : "");
    const signs = [...stem].map((sign, i, all) => (i ? gap(all[i - 1] + sign) : "") + sign.replace(/[.*+?^${}()|[\]\\/]/, "\\$&"));
    const start = /^\d/.test(stem) ? "(?<![\\d.]|\\d,)" : /^[a-z]/.test(stem) ? "(?<![a-z])" : "";
    const end = /\d$/.test(stem) ? "(?![.,]?\\d)" : /[a-z]$/.test(stem) ? "[a-z]*" : "";
    return start + signs.join("") + end;
  };

  const titlesOf = (places, [, , title, under]) => [...(under < 0 ? [] : titlesOf(places, places[under])), title];
  for (const page of pages)
    page.places = page[2].map((place) => {
      const [kind, anchor, , , columns, passages] = place;
      const titles = titlesOf(page[2], place);
      const texts = passages.map((passage) => [].concat(passage));
      if (columns.length) texts.unshift([columns.join(" · ")]);
      const above = plain([...titles, ...columns].join(" "));
      return { weight: kind === 2 ? CODE : kind, anchor, titles, above, texts: texts.map(([text, own]) => ({ text, plain: plain(text), anchor: own ?? anchor })) };
    });

  const found = (page, asked) => {
    const exact = asked.map((word) => new RegExp(pattern(word, "\\s?")));
    const short = asked.map((word) => new RegExp(pattern(word, `[${HAN}\\s]{0,3}?`)));
    const phrase = new RegExp(asked.map((word) => pattern(word, "\\s?")).join("[\\s·]+"));
    const figure = asked.some((word) => /^\d/.test(word));
    return page.places
      .flatMap(({ weight, anchor, titles, above, texts }) => {
        const title = plain(titles.at(-1));
        const titled = short.every((word) => word.test(title));
        const own = texts.filter((text, i) => !(titled && !i) && short.some((word) => word.test(text.plain)) && short.every((word) => word.test(text.plain) || word.test(above)));
        const weigh = (text) => (figure && rows[text.anchor] ? -1 : Math.max(TEXT, weight)) + !exact.every((word) => word.test(text.plain)) / 2 - phrase.test(text.plain) / 4;
        return [
          ...(titled ? [{ titles, anchor, text: texts[0]?.text ?? "", weight: weight - phrase.test(title) / 4 }] : []),
          ...own.map((text) => ({ titles, anchor: text.anchor, text: text.text, weight: weigh(text) })),
        ];
      })
      .sort((a, b) => a.weight - b.weight);
  };

  const element = (name, parts = {}, ...children) => {
    const made = Object.assign(document.createElement(name), parts);
    made.append(...children);
    return made;
  };
  // the words around the first match, each match marked
  const marked = (text, expression, most = 240) => {
    const shown = element("span");
    const all = [...plain(text).matchAll(expression)];
    const inside = (at) => /[a-z]{2}/i.test(text.slice(at - 1, at + 1)); // no word is cut
    let start = text.length > most && all.length && all[0].index > 90 ? all[0].index - 60 : 0;
    while (start && inside(start)) start -= 1;
    let end = start;
    for (const match of all.filter((each) => each.index >= start && each.index < start + most)) {
      shown.append(text.slice(end, match.index), element("mark", { textContent: text.slice(match.index, (end = match.index + match[0].length)) }));
    }
    let last = Math.max(end, start + most);
    while (inside(last)) last += 1;
    shown.append(text.slice(end, last), last < text.length ? " …" : "");
    if (start) shown.prepend("… ");
    return shown;
  };
  const entry = (page, { titles, anchor, text }, expression, open) => {
    const link = element("a", { href: `${page[0]}#${anchor}` });
    const named = titles.length > 3 ? [titles[0], ...titles.slice(-2)] : titles;
    named.forEach((title, i) => link.append(i ? " › " : "", marked(title, expression, i < named.length - 1 ? 60 : 120)));
    const item = element("li", {}, link, element("p", { className: "context" }, marked(text, expression)));
    const uses = rows[anchor] ?? [];
    if (uses.length) {
      const list = element("p", { className: "context" });
      uses.forEach((number, i) => list.append(i ? " · " : "", element("a", { href: links[number][0], textContent: links[number][1] })));
      item.append(element("details", { open }, element("summary", { textContent: `${told.dataset.used} (${uses.length})` }), list));
    }
    return item;
  };
  const show = () => {
    const query = form.elements.q.value.trim();
    const asked = words(query);
    const expression = new RegExp(asked.map((word) => pattern(word, `[${HAN}\\s]{0,3}?`)).join("|"), "g");
    const chapters = asked.length ? pages.map((page) => [page, found(page, asked)]).filter(([, hits]) => hits.length) : [];
    chapters.sort(([, a], [, b]) => a[0].weight - b[0].weight);
    results.replaceChildren();
    for (const [page, hits] of chapters) {
      const items = hits.map((hit, i) => entry(page, hit, expression, !i && hit.weight < 0));
      const list = element("ul", {}, ...items.slice(0, SHOWN));
      results.append(element("h2", { textContent: page[1] }), list);
      if (items.length > SHOWN) {
        const more = element("button", { type: "button", textContent: told.dataset.more.replace("{n}", items.length - SHOWN) });
        more.addEventListener("click", () => (list.append(...items.slice(SHOWN)), more.remove(), items[SHOWN].querySelector("a").focus()));
        results.append(more);
      }
    }
    const count = chapters.reduce((sum, [, hits]) => sum + hits.length, 0);
    told.textContent = query && (count ? told.dataset.count.replace("{n}", count).replace("{chapters}", chapters.length) : told.dataset.none);
    history.replaceState(null, "", location.pathname + (query && `?q=${encodeURIComponent(query)}`));
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  // from the field through what is found and back
  document.querySelector("main").addEventListener("keydown", (event) => {
    const stops = [form.elements.q, ...results.querySelectorAll("li > a")];
    const to = stops[stops.indexOf(document.activeElement) + { ArrowDown: 1, ArrowUp: -1 }[event.key]];
    if (!to || !stops.includes(document.activeElement)) return;
    event.preventDefault();
    to.focus();
  });
  form.elements.q.value = new URLSearchParams(location.search).get("q") ?? "";
  show();
  if (!form.elements.q.value) form.elements.q.focus();
}
