"use strict";
(function () {

// ---- elements: everything from an article goes in as text, never as markup -------------------

function put(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}
const el = (tag, attributes = {}, ...children) => put(document.createElement(tag), attributes, children);
const svg = (tag, attributes = {}, ...children) =>
  put(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
const option = (value, text) => el("option", { value }, text);
const dot = (outlet) => el("span", { class: "dot c" + (outlet % N_COLOURS) });
const N_COLOURS = 12;

const thousands = (n) => n.toLocaleString("en-US");
const short = (x) => (x >= 100 ? thousands(Math.round(x)) : String(Number(x.toPrecision(2))));
const some = (n, what) => `${thousands(n)} ${what}${n === 1 ? "" : "s"}`;
const range = (n) => Array.from({ length: n }, (_, i) => i);
// Marks stand close to the word before them.
const before = (left) => (/(^|\s)["']$|[“‘(\[]$|^$/.test(left) ? left : left + " ");
const gap = (right) => (/^['’,.;:!?)”"-]/.test(right) ? "" : " ");

// Strings to whole numbers that sort as they do, so that sorting compares numbers only.
function ranks(strings) {
  const place = new Map([...new Set(strings)].sort((a, b) => (a < b ? -1 : 1)).map((s, i) => [s, i]));
  return strings.map((s) => place.get(s));
}

// ---- a table in pages, with headings to sort by ------------------------------------------------

class Paged {
  // `columns`: by data-key a function that gives one number per row; `cells`: row number to <td>s.
  constructor(root, { n, columns, cells, size, said }) {
    Object.assign(this, { root, n, columns, cells, size, said, page: 0, key: null, down: false });
    this.known = new Map();
    this.kept = range(n);
    this.body = root.querySelector("tbody");
    this.count = root.querySelector(".count");
    this.heads = [...root.querySelectorAll("th[data-key]")];
    for (const head of this.heads) {
      const button = el("button", { type: "button", click: () => this.sort(head.dataset.key) });
      button.append(...head.childNodes);
      head.append(button);
    }
    for (const button of root.querySelectorAll("[data-step]")) {
      button.addEventListener("click", () => this.turn(this.page + Number(button.dataset.step)));
    }
  }

  sort(key, down = key === this.key && !this.down) {
    this.key = key;
    this.down = down;
    for (const head of this.heads) {
      if (head.dataset.key === key) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    this.show();
  }

  // All rows in the order of a key; made once, since a filter leaves it as it is.
  order(key = this.key) {
    if (key === null) return range(this.n);
    if (!this.known.has(key)) {
      const values = this.columns[key]();
      this.known.set(key, range(this.n).sort((a, b) => values[a] - values[b] || a - b));
    }
    const order = this.known.get(key);
    return this.down ? [...order].reverse() : order;
  }

  filter(keep) {
    this.keep = keep;
    this.show();
  }

  show() {
    this.kept = this.keep ? this.order().filter(this.keep) : this.order();
    this.turn(0);
  }

  turn(page) {
    const pages = Math.max(1, Math.ceil(this.kept.length / this.size));
    this.page = Math.min(Math.max(page, 0), pages - 1);
    const from = this.page * this.size;
    const rows = this.kept.slice(from, from + this.size);
    this.body.replaceChildren(...rows.map((i) => el("tr", { "data-row": i }, ...this.cells(i))));
    this.count.textContent = this.said(this.kept.length, from + 1, from + rows.length);
    this.root.querySelector("[data-page]").textContent = `page ${thousands(this.page + 1)} of ${thousands(pages)}`;
    this.root.querySelector("[data-step='-1']").disabled = this.page === 0;
    this.root.querySelector("[data-step='1']").disabled = this.page === pages - 1;
  }

  // Turn to a row and mark it.
  find(i) {
    this.turn(Math.floor(this.kept.indexOf(i) / this.size));
    const row = this.body.querySelector(`[data-row="${i}"]`);
    row.classList.add("found");
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "center" });
  }
}

// ---- articles and the sentences in them --------------------------------------------------------

const PIECE = 4; // words, voice, line, sentence

class Articles {
  constructor(panel, data) {
    Object.assign(this, { data, select: panel.querySelector("[data-use=article]"), shown: panel.querySelector("article.text") });
    this.sentences = new Map();
    if (!this.select) return;
    for (const i of Object.keys(data.texts)) this.select.append(option(i, data.documents.label[i]));
    this.select.addEventListener("change", () => this.show());
    if (this.select.options.length) this.show();
  }

  has(document) {
    return document in this.data.texts;
  }

  piece(words, voice, line, chosen) {
    const name = "v-" + this.data.voices[voice];
    if (line < 0) return el("span", { class: name }, words);
    const entry = this.data.entries.id[this.data.lines.entry[line]];
    return el("mark", { class: name, title: entry, "data-chosen": line === chosen ? "" : null }, words);
  }

  pieces(flat, chosen) {
    return range(flat.length / PIECE).map((k) => this.piece(flat[PIECE * k], flat[PIECE * k + 1], flat[PIECE * k + 2], chosen));
  }

  // The pieces of each sentence of an article, by its number.
  cut(document) {
    if (!this.sentences.has(document)) {
      const found = new Map();
      for (const [, flat] of this.data.texts[document]) {
        for (let k = 0; k < flat.length; k += PIECE) {
          const number = flat[k + 3];
          if (number < 0) continue;
          if (!found.has(number)) found.set(number, []);
          found.get(number).push(...flat.slice(k, k + PIECE));
        }
      }
      this.sentences.set(document, found);
    }
    return this.sentences.get(document);
  }

  sentence(document, number) {
    return this.cut(document).get(number) || [];
  }

  show() {
    const i = Number(this.select.value);
    const { label, outlet, event } = this.data.documents;
    const head = el("h3", {}, dot(outlet[i]), label[i], el("small", {}, event[i] ? " " + event[i] : ""));
    const parts = this.data.texts[i].map(([zone, flat]) => {
      const name = this.data.zones[zone];
      const counted = ["headline", "subhead", "body"].includes(name);
      return el("p", { class: counted ? name : "elsewhere" }, counted ? "" : name + ": ", ...this.pieces(flat, -1));
    });
    this.shown.replaceChildren(head, ...parts);
  }

  // Sentences that hold a word, as far as the articles are on this page.
  holding(word, outlets, most) {
    const safe = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${safe}(?![\\p{L}\\p{N}])`, "iu");
    const found = [];
    for (const document of Object.keys(this.data.texts)) {
      if (!outlets.includes(this.data.documents.outlet[document])) continue;
      for (const flat of this.cut(document).values()) {
        const text = range(flat.length / PIECE).map((k) => flat[PIECE * k]).join("");
        if (pattern.test(text)) found.push([Number(document), flat]);
        if (found.length === most) return found;
      }
    }
    return found;
  }
}

// ---- the table of lines ------------------------------------------------------------------------

const LINES_A_PAGE = 50;
// A spreadsheet would run such a cell as a formula; an apostrophe in front makes it text.
const inert = (cell) => (/^[=+\-@\t\r]/.test(cell) ? "'" + cell : cell);
const quoted = (cell) => `"${inert(String(cell)).replace(/"/g, '""')}"`;

class Lines {
  constructor(panel, data, articles) {
    Object.assign(this, { data, articles, lines: data.lines });
    this.root = panel.querySelector("[id^=lines-]");
    const { lines } = this;
    this.n = lines.document.length;
    this.use = (name) => this.root.querySelector(`[data-use=${name}]`);
    this.outlet = lines.document.map((d) => data.documents.outlet[d]);
    this.table = new Paged(this.root.querySelector(".paged"), {
      n: this.n,
      size: LINES_A_PAGE,
      cells: (i) => this.cells(i),
      said: (n, from, to) => this.said(n, from, to),
      columns: {
        article: () => lines.document,
        voice: () => lines.voice,
        zone: () => lines.zone,
        speaker: () => lines.speaker.map((s) => (s < 0 ? Infinity : s)),
        entry: () => { const order = ranks(data.entries.id); return lines.entry.map((e) => order[e]); },
        left: () => ranks(lines.left.map((words) => words.toLowerCase().split(" ").reverse().join(" "))),
        node: () => ranks(lines.node.map((w) => lines.words[w].toLowerCase())),
        right: () => ranks(lines.right.map((words) => words.toLowerCase())),
      },
    });
    this.fill();
    this.table.show();
    this.prepare(["left", "node", "right"]);
  }

  // What takes longest to sort is sorted while nobody waits for it.
  prepare(keys) {
    const later = window.requestIdleCallback || ((work) => setTimeout(work, 50));
    later(() => {
      if (!keys.length) { this.haystack(); return; }
      this.table.order(keys[0]);
      this.prepare(keys.slice(1));
    });
  }

  fill() {
    const { data, lines, use } = this;
    const fill = (name, numbers, names) => {
      for (const i of [...new Set(numbers)].filter((i) => i >= 0).sort((a, b) => a - b)) use(name).append(option(i, names[i]));
    };
    fill("outlet", this.outlet, data.outlets);
    fill("voice", lines.voice, data.voices);
    fill("zone", lines.zone, data.zones);
    for (const frame of [...new Set(lines.entry.map((e) => data.entries.frame[e]))].sort()) use("frame").append(option(frame, frame));
    this.root.querySelector("datalist").append(...lines.speakers.slice(0, 300).map((name) => option(name, "")));
    for (const name of ["search", "speaker"]) use(name).addEventListener("input", () => this.filter());
    for (const name of ["kind", "outlet", "voice", "frame", "zone"]) use(name).addEventListener("change", () => this.filter());
    use("order").addEventListener("change", () => this.table.sort(use("order").value || null, false));
    use("reset").addEventListener("click", () => this.reset());
    use("csv").addEventListener("click", () => this.save());
  }

  words(i) {
    const { lines } = this;
    return `${before(lines.left[i])}${lines.words[lines.node[i]]}${gap(lines.right[i])}${lines.right[i]}`.trim();
  }

  sentence(i) {
    const document = this.lines.document[i];
    return this.articles.has(document) ? this.articles.sentence(document, this.lines.sentence[i]) : [];
  }

  // What the search looks at: the words shown, and the entry. Made at the first search.
  haystack() {
    this.searched ??= range(this.n).map((i) => {
      const flat = this.sentence(i);
      const words = flat.length ? flat.filter((_, k) => k % PIECE === 0).join("") : this.words(i);
      return `${words} ${this.data.entries.id[this.lines.entry[i]]}`.toLowerCase();
    });
    return this.searched;
  }

  filter() {
    const { lines, data, use } = this;
    const tests = [];
    const equal = (name, values) => {
      const wanted = use(name).value;
      if (wanted !== "") tests.push((i) => String(values(i)) === wanted);
    };
    equal("kind", (i) => lines.kind[i]);
    equal("outlet", (i) => this.outlet[i]);
    equal("voice", (i) => lines.voice[i]);
    equal("zone", (i) => lines.zone[i]);
    equal("frame", (i) => data.entries.frame[lines.entry[i]]);
    const search = use("search").value.trim().toLowerCase();
    if (search) { const hay = this.haystack(); tests.push((i) => hay[i].includes(search)); }
    const speaker = use("speaker").value.trim().toLowerCase();
    if (speaker) {
      const fits = lines.speakers.map((name) => name.toLowerCase().includes(speaker));
      tests.push((i) => lines.speaker[i] >= 0 && fits[lines.speaker[i]]);
    }
    if (this.only !== undefined) tests.push((i) => lines.entry[i] === this.only);
    this.table.filter(tests.length ? (i) => tests.every((test) => test(i)) : undefined);
  }

  reset(only) {
    for (const name of ["search", "kind", "outlet", "voice", "frame", "zone", "speaker", "order"]) this.use(name).value = "";
    this.only = only;
    this.table.key = null;
    this.table.sort(null, false);
    this.filter();
  }

  // All lines of an entry, or one line, wherever the filters stood.
  of(entry) {
    this.reset(entry);
    this.root.focus({ preventScroll: true });
    this.root.scrollIntoView();
  }

  find(line) {
    this.reset();
    this.table.find(line);
  }

  context(i) {
    const { lines } = this;
    const flat = this.sentence(i);
    if (flat.length) return this.articles.pieces(flat, i);
    const voice = "v-" + this.data.voices[lines.voice[i]];
    return [before(lines.left[i]), el("mark", { class: voice }, lines.words[lines.node[i]]), gap(lines.right[i]) + lines.right[i]];
  }

  cells(i) {
    const { lines, data } = this;
    const voice = data.voices[lines.voice[i]];
    const entry = lines.entry[i];
    return [
      el("td", {}, dot(this.outlet[i]), data.documents.label[lines.document[i]]),
      el("td", {}, el("span", { class: "voice v-" + voice }, voice)),
      el("td", { class: "words" }, ...this.context(i)),
      el("td", { title: data.entries.gloss[entry] || null }, data.entries.id[entry], " ", el("small", {}, data.entries.frame[entry])),
      el("td", {}, data.zones[lines.zone[i]]),
      el("td", {}, lines.speaker[i] < 0 ? "" : lines.speakers[lines.speaker[i]]),
    ];
  }

  said(n, from, to) {
    const entry = this.only === undefined ? "" : ` of “${this.data.entries.id[this.only]}”`;
    const all = this.lines.n === this.n ? `of ${thousands(this.n)}`
      : `of ${thousands(this.n)} on this page (${thousands(this.lines.n)} in the set; all of an entry: biaskit kwic ENTRY SET)`;
    return n ? `${some(n, "line")}${entry} ${all}; lines ${thousands(from)} to ${thousands(to)} are shown.` : `No line ${all} fits.`;
  }

  save() {
    const { lines, data } = this;
    const heads = ["outlet", "article", "source", "zone", "voice", "speaker", "entry", "frame", "left", "node", "right"];
    const rows = this.table.kept.map((i) => {
      const d = lines.document[i], e = lines.entry[i];
      return [data.outlets[this.outlet[i]], data.documents.label[d], data.documents.source[d], data.zones[lines.zone[i]],
        data.voices[lines.voice[i]], lines.speaker[i] < 0 ? "" : lines.speakers[lines.speaker[i]],
        data.entries.id[e], data.entries.frame[e], lines.left[i], lines.words[lines.node[i]], lines.right[i]];
    });
    const csv = [heads, ...rows].map((row) => row.map(quoted).join(",") + "\n").join("");
    const link = el("a", { href: URL.createObjectURL(new Blob([csv], { type: "text/csv" })), download: "lines.csv" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
}

// ---- two outlets, word by word -----------------------------------------------------------------

const FEWEST = 5; // articles a side below which there is no interval
const MORE_THAN_HOLDERS = 2; // as in biaskit.keyness.formulas
const PARTS = 10000; // in which standard errors are written
const WORDS_A_PAGE = 20;
const LABELS = 44;
const EVIDENCE = 6;
const NORMAL = 1.959964;
const APART = 14; // pixels between points of one place

// Points of one place in a column towards the middle, the first of them apart and all others at
// its end, which comes short of the next row of points, or of the column that comes from there.
function apart(places, middle) {
  const columns = new Map();
  for (const p of places) {
    const place = `${p.x} ${p.y}`;
    if (!columns.has(place)) columns.set(place, []);
    columns.get(place).push(p);
  }
  const rows = [...new Set(places.map((p) => p.y))].sort((a, b) => a - b);
  const rank = new Map(rows.map((y, k) => [y, k]));
  for (const column of columns.values()) {
    const y = column[0].y, way = y > middle ? -1 : 1;
    const row = rows[rank.get(y) + way], next = row ?? middle;
    const facing = row !== undefined && (row > middle) !== (y > middle);
    const room = Math.max(0, Math.abs(next - y) - APART) / (facing ? 2 : 1);
    column.forEach((p, k) => { p.y += way * APART * Math.min(k, Math.floor(room / APART)); });
  }
  return places;
}

class Words {
  constructor(panel, data, lines, articles) {
    Object.assign(this, { data, lines, articles, terms: data.terms, chosen: -1 });
    this.root = panel.querySelector("[id^=explorer-]");
    this.use = (name) => this.root.querySelector(`[data-use=${name}]`);
    this.plot = this.root.querySelector(".plot");
    this.detail = this.root.querySelector(".detail");
    for (const name of ["first", "second"]) {
      this.use(name).append(...data.outlets.map((outlet, i) => option(i, outlet)));
    }
    this.use("second").value = "1";
    for (const name of ["first", "second", "voice", "which", "axes"]) this.use(name).addEventListener("change", () => this.compare(name));
    this.use("find").addEventListener("input", () => this.table.filter(this.keep()));
    this.plot.addEventListener("click", (event) => { const i = this.nearest(event); if (i >= 0) this.choose(i); });
    this.compare();
    let width = this.plot.clientWidth;
    new ResizeObserver(() => {
      if (Math.abs(this.plot.clientWidth - width) > 20) { width = this.plot.clientWidth; this.draw(); }
    }).observe(this.plot);
  }

  // Student's t for 97.5 %: listed up to a number of degrees of freedom, between them by 1 / df.
  t(df) {
    const { t } = this.terms;
    const at = (k) => (k <= t.length ? t[k - 1] : NORMAL + (t[t.length - 1] - NORMAL) * (t.length / k));
    const low = Math.max(1, Math.floor(df));
    if (low >= t.length) return at(df);
    const part = (1 / low - 1 / Math.max(df, 1)) / (1 / low - 1 / (low + 1));
    return at(low) + part * (at(low + 1) - at(low));
  }

  side(i, outlet) {
    const of = this.terms[this.voice];
    const error = of.error[outlet][i];
    return { n: of.n[outlet][i], holders: of.holders[outlet][i], articles: of.articles[outlet], tokens: of.tokens[outlet],
      error: error < 0 ? NaN : error / PARTS, rate: (1000 * of.n[outlet][i]) / of.tokens[outlet] };
  }

  // How many times as often the second outlet uses it, as log2, with its 95 % interval.
  difference(i) {
    const [a, b] = [this.side(i, this.first), this.side(i, this.second)];
    const known = a.n + b.n > 0 && a.tokens > 0 && b.tokens > 0;
    const ratio = known ? Math.log2((b.n || 0.5) / b.tokens / ((a.n || 0.5) / a.tokens)) : NaN;
    const [va, vb] = [a.error ** 2, b.error ** 2];
    const free = (side) => Math.min(side.articles - 1, side.holders + MORE_THAN_HOLDERS);
    const df = (va + vb) ** 2 / (va ** 2 / free(a) + vb ** 2 / free(b));
    const alone = a.holders + b.holders < 2 || Math.min(a.articles, b.articles) < FEWEST;
    const reach = alone || !(va + vb > 0) ? NaN : (this.t(df) * Math.sqrt(va + vb)) / Math.LN2;
    const near = Number.isNaN(reach) ? -Infinity : Math.abs(ratio) - reach;
    return { a, b, ratio, low: ratio - reach, high: ratio + reach, near, bound: known && !(a.n && b.n) };
  }

  compare(changed) {
    const value = (name) => this.use(name).value;
    if (value("first") === value("second")) {
      const other = changed === "first" ? "second" : "first";
      this.use(other).value = String((Number(value(other)) + 1) % this.data.outlets.length);
    }
    this.first = Number(value("first"));
    this.second = Number(value("second"));
    this.voice = value("voice");
    const which = value("which");
    const shown = range(this.terms.words.length).filter((i) => which === "both" || (this.terms.entry[i] >= 0) === (which === "entries"));
    this.found = new Map(shown.map((i) => [i, this.difference(i)]));
    for (const [i, d] of this.found) if (!(d.a.n + d.b.n)) this.found.delete(i);
    // First what differs for sure, then the lexicon's words, then others; of these frequent ones.
    const weight = (i) => [Math.max(this.found.get(i).near, 0), this.terms.entry[i] >= 0, this.found.get(i).a.n + this.found.get(i).b.n];
    const weights = new Map([...this.found.keys()].map((i) => [i, weight(i)]));
    this.order = [...this.found.keys()].sort((i, j) => {
      const [a, b] = [weights.get(i), weights.get(j)];
      return b[0] - a[0] || b[1] - a[1] || b[2] - a[2] || i - j;
    });
    this.list();
    this.draw();
    if (this.found.has(this.chosen)) this.tell(this.chosen);
  }

  // ---- the picture

  axes() {
    const kind = this.use("axes").value;
    const frequency = (d) => (1000 * (d.a.n + d.b.n)) / (d.a.tokens + d.b.tokens);
    const share = (d) => (100 * (d.a.holders + d.b.holders)) / (d.a.articles + d.b.articles);
    const rate = (side) => (1000 * (side.n || 0.5)) / side.tokens;
    const first = this.data.outlets[this.first], second = this.data.outlets[this.second];
    if (kind === "rates") {
      return { x: (d) => Math.log2(rate(d.a)), y: (d) => Math.log2(rate(d.b)), xs: "rate", ys: "rate",
        about: [["", `in 1,000 words of ${first}`], `in 1,000 words of ${second}`] };
    }
    const often = kind === "often";
    return { x: (d) => d.ratio, y: (d) => Math.log2(often ? frequency(d) : share(d)), xs: "ratio", ys: often ? "rate" : "share",
      about: [[`← ${first} more`, `${second} more →`], often ? "times in 1,000 words of both" : "% of the articles of both that hold it"] };
  }

  draw() {
    const width = Math.max(320, this.plot.clientWidth), height = width < 600 ? 380 : 460;
    const edge = { left: 48, right: 12, top: 26, bottom: 44 };
    const axes = this.axes();
    const points = this.order.map((i) => ({ i, d: this.found.get(i) })).map((p) => ({ ...p, x: axes.x(p.d), y: axes.y(p.d) }));
    const scale = (of, from, to, even) => {
      const values = points.map(of);
      let low = Math.min(...values), high = Math.max(...values);
      if (even) { high = Math.max(-low, high, 1); low = -high; }
      if (!(high > low)) { low -= 1; high = low + 2; }
      const pad = 0.04 * (high - low);
      const at = (value) => from + ((value - low + pad) / (high - low + 2 * pad)) * (to - from);
      return Object.assign(at, { low, high });
    };
    const x = scale((p) => p.x, edge.left, width - edge.right, axes.xs === "ratio");
    const y = scale((p) => p.y, height - edge.bottom, edge.top, false);
    this.size = { width, height };
    this.places = apart(points.map((p) => ({ i: p.i, x: x(p.x), y: y(p.y), d: p.d })), height / 2);
    this.scale = x;
    const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label":
      `${some(points.length, "word")} of ${this.data.outlets[this.first]} and ${this.data.outlets[this.second]}; the table below lists them` });
    picture.append(...this.ticks(x, y, axes, edge), ...this.points(), ...this.labels(edge));
    this.mark = svg("g");
    picture.append(this.mark);
    this.plot.replaceChildren(picture);
    this.ring();
  }

  ticks(x, y, axes, edge) {
    const { width, height } = this.size;
    const drawn = [];
    const write = (kind, k) => {
      const value = 2 ** Math.abs(k);
      if (kind === "ratio") return k === 0 ? "equal" : `${short(value)} ×`;
      return short(2 ** k) + (kind === "share" ? " %" : "");
    };
    // Doublings of a ratio; 1, 2, 5, 10, ... of anything else, or only 1, 10, ... where it is much.
    const along = (scale, kind, most) => {
      const fits = (k) => k >= scale.low - 1e-9 && k <= scale.high + 1e-9;
      const step = Math.max(1, Math.ceil((scale.high - scale.low) / most));
      if (kind === "ratio") return range(65).map((k) => (k - 32) * step).filter(fits);
      const tens = range(17).map((k) => 10 ** (k - 8));
      const times = (parts) => tens.flatMap((ten) => parts.map((part) => Math.log2(part * ten))).filter(fits);
      const fine = times([1, 2, 5]);
      return fine.length > most ? times([1]) : fine;
    };
    for (const k of along(x, axes.xs, width < 600 ? 6 : 12)) {
      drawn.push(svg("line", { x1: x(k), x2: x(k), y1: edge.top, y2: height - edge.bottom, class: k === 0 && axes.xs === "ratio" ? "zero" : "" }));
      drawn.push(svg("text", { x: x(k), y: height - edge.bottom + 16, "text-anchor": "middle", class: "tick" }, write(axes.xs, k)));
    }
    for (const k of along(y, axes.ys, 7)) {
      drawn.push(svg("line", { x1: edge.left, x2: width - edge.right, y1: y(k), y2: y(k) }));
      drawn.push(svg("text", { x: edge.left - 5, y: y(k) + 4, "text-anchor": "end", class: "tick" }, write(axes.ys, k)));
    }
    drawn.push(svg("text", { x: edge.left, y: height - 8, class: "axis" }, axes.about[0][0]));
    drawn.push(svg("text", { x: width - edge.right, y: height - 8, "text-anchor": "end", class: "axis" }, axes.about[0][1]));
    drawn.push(svg("text", { x: 4, y: 14, class: "axis" }, axes.about[1]));
    return drawn;
  }

  // Words as rounds, entries as lozenges; those of one look are one path, since a thousand
  // elements take a browser long to draw.
  points() {
    const looks = new Map();
    for (const { i, x, y, d } of this.places) {
      const outlet = (d.ratio > 0 ? this.second : this.first) % N_COLOURS;
      const entry = this.terms.entry[i] >= 0;
      const look = `point ${entry ? "entry " : ""}c${outlet}${d.near > 0 ? "" : " unsure"}${d.bound ? " bound" : ""}`;
      if (!looks.has(look)) looks.set(look, []);
      const at = `M${x.toFixed(1)} ${y.toFixed(1)}`;
      looks.get(look).push(at + (entry ? "m0 -5.5l5.5 5.5l-5.5 5.5l-5.5 -5.5z" : "m-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0 -6.4 0z"));
    }
    // What is sure lies on top.
    const order = [...looks].sort(([a], [b]) => b.includes("unsure") - a.includes("unsure"));
    return order.map(([look, shapes]) => svg("path", { class: look, d: shapes.join("") }));
  }

  // Names of the surest words, then of others, where they do not cover each other.
  labels() {
    const { width } = this.size;
    const taken = [], drawn = [], named = new Set();
    const entries = this.places.filter((p) => this.terms.entry[p.i] >= 0);
    for (const { i, x, y } of [...this.places.slice(0, LABELS), ...entries, ...this.places.slice(LABELS)]) {
      if (drawn.length >= (width < 600 ? LABELS / 2 : LABELS)) break;
      const word = this.terms.words[i], long = 6.6 * word.length;
      if (named.has(word)) continue; // an entry and a word of one name
      for (const right of [true, false]) {
        const box = { left: x - (right ? 6 : 10 + long), right: x + (right ? 10 + long : 6), top: y - 6.5, bottom: y + 6.5 };
        const free = box.left > 2 && box.right < width - 2 && taken.every((b) => b.left > box.right || b.right < box.left || b.top > box.bottom || b.bottom < box.top);
        if (!free) continue;
        taken.push(box);
        named.add(word);
        drawn.push(svg("text", { class: "halo", x: right ? x + 7 : x - 7, y: y + 4, "text-anchor": right ? "start" : "end" }, word));
        break;
      }
    }
    return drawn;
  }

  ring() {
    const place = this.places.find((p) => p.i === this.chosen);
    if (!place) return;
    const { x, y, d } = place, right = x < this.size.width / 2;
    this.mark.replaceChildren(svg("circle", { class: "ring", cx: x, cy: y, r: 8 }),
      svg("text", { class: "halo strong", x: right ? x + 11 : x - 11, y: y - 9, "text-anchor": right ? "start" : "end" }, this.terms.words[this.chosen]));
    if (this.use("axes").value !== "rates" && !Number.isNaN(d.low)) {
      const [from, to] = [d.low, d.high].map((v) => Math.min(Math.max(this.scale(v), 40), this.size.width - 4));
      this.mark.prepend(svg("line", { class: "reach", x1: from, x2: to, y1: y, y2: y }));
    }
  }

  nearest(event) {
    const box = this.plot.getBoundingClientRect(), zoom = this.size.width / box.width;
    const [x, y] = [(event.clientX - box.left) * zoom, (event.clientY - box.top) * zoom];
    let best = { i: -1, far: 18 ** 2 };
    for (const p of this.places) {
      const far = (p.x - x) ** 2 + (p.y - y) ** 2;
      if (far < best.far) best = { i: p.i, far };
    }
    return best.i;
  }

  // ---- the table and the word chosen

  keep() {
    const search = this.use("find").value.trim().toLowerCase();
    return search ? (k) => this.terms.words[this.order[k]].toLowerCase().includes(search) : undefined;
  }

  list() {
    const of = (part) => this.order.map((i) => part(this.found.get(i)));
    const columns = {
      word: () => ranks(this.order.map((i) => this.terms.words[i])), ratio: () => of((d) => d.ratio), near: () => of((d) => -Math.max(d.near, -1e9)),
      n0: () => of((d) => d.a.n), n1: () => of((d) => d.b.n), d0: () => of((d) => d.a.holders), d1: () => of((d) => d.b.holders),
    };
    const all = this.terms.n + this.terms.entry.filter((e) => e >= 0).length;
    const more = this.terms.words.length < all ? ` Of ${thousands(this.terms.n)} different words those are shown in which some outlet most surely differs from all together.` : "";
    const said = (n, from, to) => (n ? `${some(n, "word")}; ${thousands(from)} to ${thousands(to)} are listed.${more}` : "No such word.");
    const root = this.root.querySelector(".paged");
    if (this.table) Object.assign(this.table, { n: this.order.length, columns, said, known: new Map() });
    else this.table = new Paged(root, { n: this.order.length, columns, said, size: WORDS_A_PAGE, cells: (k) => this.cells(this.order[k]) });
    this.table.filter(this.keep());
  }

  cells(i) {
    const d = this.found.get(i);
    const n = (value) => el("td", { class: "n" }, thousands(value));
    const word = el("button", { type: "button", click: () => this.choose(i) }, this.terms.words[i]);
    const [outlet, sign] = d.ratio > 0 ? [this.second, 1] : [this.first, -1];
    const side = this.data.outlets[outlet];
    const [low, high] = [sign * d.low, sign * d.high].sort((a, b) => a - b);
    return [el("td", {}, word, this.terms.entry[i] >= 0 ? el("small", {}, " lexicon") : null), n(d.a.n), n(d.a.holders), n(d.b.n), n(d.b.holders),
      el("td", { class: "n" }, d.bound ? `only ${side}` : `${short(2 ** Math.abs(d.ratio))} × in ${side}`),
      el("td", { class: "whole" }, Number.isNaN(low) ? "–" : `${short(2 ** low)} to ${short(2 ** high)} ×`)];
  }

  choose(i) {
    this.chosen = i;
    this.mark.replaceChildren();
    this.ring();
    this.tell(i);
  }

  sentence(i) {
    const d = this.found.get(i);
    const told = [[this.first, d.a], [this.second, d.b]].map(([outlet, side]) =>
      `${this.data.outlets[outlet]}: ${some(side.n, "time")} in ${thousands(side.holders)} of ${some(side.articles, "article")} (${short(side.rate)} in 1,000 words)`);
    if (d.bound) return `${told.join("; ")}.`;
    const [more, less, sign] = d.ratio > 0 ? [this.second, this.first, 1] : [this.first, this.second, -1];
    const [low, high] = [sign * d.low, sign * d.high].sort((a, b) => a - b);
    const sure = Number.isNaN(d.low) ? "; too few articles to say how sure that is" : ` (95 % interval ${short(2 ** low)} to ${short(2 ** high)})`;
    return `${told.join("; ")}. ${this.data.outlets[more]} uses it ${short(2 ** (sign * d.ratio))} times as often as ${this.data.outlets[less]}${sure}.`;
  }

  tell(i) {
    const entry = this.terms.entry[i];
    const whose = this.voice === "all" ? "" : ", in the outlet's own voice";
    const head = el("h3", {}, `“${this.terms.words[i]}”${whose}`);
    this.detail.replaceChildren(head, el("p", {}, this.sentence(i)), ...(entry >= 0 ? this.evidence(entry) : this.where(i)));
  }

  from(document) {
    return el("span", { class: "from" }, dot(this.data.documents.outlet[document]), this.data.documents.label[document]);
  }

  // Of an entry its lines, the outlets in turn.
  evidence(entry) {
    const { lines } = this.data;
    const all = range(this.lines.n).filter((i) => lines.entry[i] === entry);
    const turns = [this.first, this.second].map((outlet) => all.filter((i) => this.lines.outlet[i] === outlet && lines.kind[i] !== this.data.kinds.other));
    const shown = range(EVIDENCE).flatMap((k) => turns.map((turn) => turn[k])).filter((i) => i !== undefined).slice(0, EVIDENCE);
    const list = shown.map((i) => el("li", {}, ...this.lines.context(i), " ", this.from(lines.document[i]),
      el("span", { class: "from" }, this.data.voices[lines.voice[i]])));
    const gloss = this.data.entries.gloss[entry];
    return [el("p", { class: "dim" }, `An entry of the lexicon, frame ${this.data.entries.frame[entry]}${gloss ? `: ${gloss.replace(/\.$/, "")}` : ""}.`), el("ul", {}, ...list),
      el("button", { type: "button", click: () => this.lines.of(entry) }, `Show all its lines, of every outlet: ${thousands(all.length)}`)];
  }

  // Of any other word the articles that hold it most often, and its sentences where they are here.
  where(i) {
    const flat = this.terms.documents[i] || [];
    const pairs = range(flat.length / 2).map((k) => [flat[2 * k], flat[2 * k + 1]])
      .filter(([document]) => [this.first, this.second].includes(this.data.documents.outlet[document]));
    const list = pairs.map(([document, n]) => el("li", {}, this.from(document), ` ${some(n, "time")}`));
    const sentences = this.articles.holding(this.terms.words[i], [this.first, this.second], EVIDENCE)
      .map(([document, pieces]) => el("li", {}, ...this.articles.pieces(pieces, -1), " ", this.from(document)));
    return [el("p", { class: "dim" }, "Not in the lexicon. The articles that hold it most often, in any voice:"), el("ul", {}, ...list),
      sentences.length ? el("ul", {}, ...sentences) : null].filter((part) => part !== null);
  }
}

// ---- what was read -----------------------------------------------------------------------------

const ARTICLES_A_PAGE = 25;

function listArticles(panel, data) {
  const { documents } = data;
  const number = (value) => el("td", { class: "n" }, thousands(value));
  const table = new Paged(panel.querySelector("[data-table=read]"), {
    n: documents.label.length,
    size: ARTICLES_A_PAGE,
    columns: { article: () => documents.label.map((_, i) => i), tokens: () => documents.tokens,
      event: () => ranks(documents.event), date: () => ranks(documents.date) },
    said: (n, from, to) => `${some(documents.n, "article")}${documents.n > n ? `, of which ${thousands(n)} are listed here` : ""}; ${thousands(from)} to ${thousands(to)} are shown.`,
    cells: (i) => [
      el("td", {}, dot(documents.outlet[i]), documents.label[i]), el("td", { class: "path" }, el("code", {}, documents.source[i])),
      el("td", { class: "whole" }, documents.event[i] || "not known"), el("td", { class: "whole" }, documents.date[i] || "not known"), number(documents.tokens[i]),
      ...documents.voices[i].map(number),
      el("td", { class: "list" }, data.zones.map((zone, z) => (documents.zones[i][z] ? `${zone} ${documents.zones[i][z]}` : "")).filter(Boolean).join(", ")),
    ],
  });
  table.show();
}

// ---- panels, tabs, theme -----------------------------------------------------------------------

const opened = new Map();

function open(panel) {
  const number = panel.dataset.number;
  if (opened.has(number)) return;
  const data = JSON.parse(document.getElementById("data-" + number).textContent);
  for (const part of panel.querySelectorAll(".explorer")) part.hidden = false;
  const articles = new Articles(panel, data);
  const lines = new Lines(panel, data, articles);
  opened.set(number, { lines, words: new Words(panel, data, lines, articles) });
  listArticles(panel, data);
  panel.addEventListener("click", (event) => {
    const link = event.target.closest("[data-line]");
    if (!link) return;
    event.preventDefault();
    lines.find(Number(link.dataset.line));
  });
}

const panels = [...document.querySelectorAll(".panel")];
const tabs = [...document.querySelectorAll("[role=tab]")];

function select(chosen) {
  tabs.forEach((tab, i) => {
    const on = i === chosen;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
    panels[i].hidden = !on;
  });
  open(panels[chosen]);
}
tabs.forEach((tab, i) => {
  tab.addEventListener("click", () => select(i));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = (i + step + tabs.length) % tabs.length;
    select(next);
    tabs[next].focus();
  });
});

const theme = document.querySelector(".theme");
theme.hidden = false;
theme.addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
});

// Below a notebook's cell the page has no address of its own: its links would lead to the notebook.
if (document.URL === "about:srcdoc") document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (!link || event.defaultPrevented) return;
  event.preventDefault();
  const target = document.getElementById(link.hash.slice(1));
  target.scrollIntoView();
  target.focus({ preventScroll: true });
});

// On paper everything is unfolded.
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details:not([open])")];
  for (const details of folded) details.open = true;
});
addEventListener("afterprint", () => { for (const details of folded) details.open = false; });

if (tabs.length) select(0);
else open(panels[0]);
})();
