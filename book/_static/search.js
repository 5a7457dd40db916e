// Sphinx cuts a query at blanks only; Chinese has none. A run of Chinese characters is cut into the longest
// words that the index knows, so that 固定资产投资 finds what is indexed as 固定资产 and 投资.
var splitQuery = (query) => {
  const known = new Set([...Object.keys(Search._index.terms), ...Object.keys(Search._index.titleterms)]);
  const cut = (run) => {
    const words = [];
    for (let start = 0; start < run.length; ) {
      let end = run.length;
      while (end > start + 1 && !known.has(run.slice(start, end))) end--;
      // a single character that is no word of the index stands between words
      if (end > start + 1 || known.has(run[start])) words.push(run.slice(start, end));
      start = end;
    }
    return words.length ? words : [run];
  };
  return query
    .split(/[^\p{Letter}\p{Number}_]+/gu)
    .filter(Boolean)
    .flatMap((part) => part.split(/(\p{Script=Han}+)/u).filter(Boolean))
    .flatMap((part) => (/\p{Script=Han}/u.test(part) ? cut(part) : [part]));
};
