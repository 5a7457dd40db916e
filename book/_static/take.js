// Below each exhibit: the picture, its data, a table for a word processor, a link and a citation.
{
  const form = document.getElementById("take");
  const svgOf = (figure) => figure.querySelector("svg.wide, .scroll > svg");
  const named = (figure) => `${form.dataset.page}-${figure.id.replace(/^(fig|tab)-/, "")}`;
  const address = (figure) => `${location.href.split(/[?#]/)[0]}#${figure.id}`;

  // without the page a picture knows no roles of colour: each is given as it is in print
  const picture = (figure) => {
    const copy = svgOf(figure).cloneNode(true);
    const { width, height } = copy.viewBox.baseVal;
    copy.removeAttribute("class");
    copy.removeAttribute("style");
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    const letters = document.createElementNS(copy.namespaceURI, "defs"); // they stand once on the page
    const used = new Set([...copy.querySelectorAll("use")].map((use) => use.getAttribute("xlink:href")));
    letters.append(...[...used].map((name) => document.querySelector(`.letters ${name}`)?.cloneNode()).filter(Boolean));
    copy.prepend(letters);
    copy.insertAdjacentHTML("afterbegin", `<rect width="${width}" height="${height}" fill="#fff"/>`);
    return [new XMLSerializer().serializeToString(copy).replace(/var\(--[\w-]+, (#\w+)\)/g, "$1"), width, height];
  };
  const given = (blob, name) => {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  const svg = (figure) => given(new Blob([picture(figure)[0]], { type: "image/svg+xml" }), `${named(figure)}.svg`);
  const png = async (figure) => {
    const [text, width, height] = picture(figure);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const scale = 2 * Math.max(1, 1000 / width);
    const canvas = Object.assign(document.createElement("canvas"), { width: width * scale, height: height * scale });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => given(blob, `${named(figure)}.png`), "image/png");
  };
  const plain = (figure) => {
    const table = figure.querySelector("table").cloneNode(true);
    table.querySelectorAll(".uses").forEach((row) => row.remove());
    table.querySelectorAll("a, span, button").forEach((mark) => mark.replaceWith(...mark.childNodes));
    table.querySelectorAll("*").forEach((part) => ["class", "data-source", "id"].forEach((name) => part.removeAttribute(name)));
    table.removeAttribute("style"); // the names of its columns, for cards
    table.setAttribute("border", "1");
    return table;
  };
  const copyTable = (figure) => {
    const table = plain(figure);
    const lines = [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim()).join("\t")).join("\n");
    const kinds = { "text/html": table.outerHTML, "text/plain": lines };
    return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(Object.entries(kinds).map(([type, text]) => [type, new Blob([text], { type })])))]);
  };
  const whole = document.getElementById("whole");
  const zoom = (figure) => {
    whole.querySelector("svg")?.remove();
    whole.ariaLabel = words(figure);
    // what is not shown on the page clips nothing: names within the copy are its own
    whole.insertAdjacentHTML("beforeend", svgOf(figure).outerHTML.replace(/(id="|url\(#)/g, "$1whole-"));
    whole.showModal();
  };
  const words = (figure) => {
    const caption = figure.querySelector("figcaption").cloneNode(true);
    caption.querySelector(".headerlink")?.remove();
    return caption.textContent.trim().replace(/\s+/g, " ");
  };

  document.querySelectorAll("figure.exhibit").forEach((figure) => {
    const own = form.content.cloneNode(true);
    const [fold, said, cited] = ["details", "output", ".citation"].map((selector) => own.querySelector(selector));
    const tell = () => {
      said.textContent = form.dataset.done;
      setTimeout(() => (said.textContent = ""), 3000);
    };
    const acts = {
      zoom: svgOf(figure) && (() => zoom(figure)),
      svg: svgOf(figure) && (() => svg(figure)),
      png: svgOf(figure) && (() => png(figure)),
      copy: figure.querySelector("table") && (() => copyTable(figure).then(tell)),
      link: () => navigator.clipboard.writeText(address(figure)).then(tell),
      cite: () => (cited.hidden = !cited.hidden),
    };
    for (const button of own.querySelectorAll("button")) {
      const act = acts[button.dataset.take];
      if (act) button.addEventListener("click", act);
      else button.remove();
    }
    const csv = own.querySelector("a");
    if (form.dataset.csv.split(" ").includes(figure.id)) csv.href = `${form.dataset.page}.${figure.id}.csv`;
    else csv.remove();
    for (const text of cited.children) {
      const parts = { exhibit: words(figure), address: address(figure), key: named(figure) };
      text.textContent = text.textContent.replace(/\{(exhibit|address|key)\}/g, (_whole, part) => parts[part]);
    }
    figure.append(fold);
  });
}
