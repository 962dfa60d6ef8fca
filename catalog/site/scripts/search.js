/* The search over the catalog. The index is classic scripts, because from a folder (file://) nothing else can be
   read: `vocabulary` holds every term, `terms-N` says in which datasets a term stands, `cards-N` what a hit shows.
   Each hands itself over to `paluSearch`. What they hold comes from contracts: it is shown as text, never as markup. */
(function () {
  "use strict";

  const LONGEST = 32; // letters of a term, as in catalog/site/terms.py
  const LETTERS = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
  const KEY = 7; // letters of a dataset's key; one more tells where the term stands
  const AT_ONCE = 10; // hits shown
  const CANDIDATES = 14; // terms that one word of a query may stand for
  const PAUSE = 120; // milliseconds without a key before a search begins
  const QUALITY = { exact: 1, stem: 0.7, prefix: 0.6, typo: 0.4, typos: 0.2 };
  const WORD = /[a-z0-9\u0370-\u1fff\u3040-\ud7ff\uf900-\ufaff]+/g;
  const ENDINGS = [/(nya|lah|kah|pun|ku|mu)$/, /(k?an|k|s)$/];
  const BEGINNINGS = /^(memper|diper|meng|meny|mem|men|me|peng|peny|pem|pen|per|pe|ber|ter|ke|se|di)/;

  const told = new Map();
  const asked = new Map();

  function paluSearch(name, content) {
    told.set(name, content);
  }
  window.paluSearch = paluSearch;

  /* ---- words ---- */
  function words(text) {
    const plain = text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f]/g, "");
    return (plain.match(WORD) || []).map((word) => word.slice(0, LONGEST));
  }

  function terms(text, stop) {
    return words(text).filter((word) => !stop.has(word) && (word.length > 1 || /^[0-9]$/.test(word)));
  }

  /* A word without what Indonesian puts before and after it: "kependudukan" and "penduduk" share one. */
  function stem(word) {
    let root = word;
    const cut = (pattern) => {
      const left = root.replace(pattern, "");
      if (left.length >= 4) root = left;
    };
    for (let round = 0; round < 2; round++) {
      ENDINGS.forEach(cut);
      cut(BEGINNINGS);
    }
    return root;
  }

  /* How many letters must be put in, left out, changed or swapped with their neighbour; more than `most` is most + 1. */
  function distance(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let before = [];
    let last = Array.from({ length: other.length + 1 }, (_, place) => place);
    for (let i = 1; i <= one.length; i++) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= other.length; j++) {
        const same = one[i - 1] === other[j - 1];
        let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
          cost = Math.min(cost, before[j - 2] + 1);
        }
        row.push(cost);
        least = Math.min(least, cost);
      }
      if (least > most) return most + 1;
      before = last;
      last = row;
    }
    return Math.min(last[other.length], most + 1);
  }

  function typosAllowed(word) {
    if (word.length < 4 || /[0-9]/.test(word)) return 0; // a year with another digit is another year
    return word.length < 8 ? 1 : 2;
  }

  Object.assign(paluSearch, { terms, stem, distance });

  const form = document.querySelector("form.search");
  if (!form) return;
  const field = form.elements.namedItem("q");
  const status = document.querySelector(".search-status");
  const list = document.querySelector(".search-results");
  const english = document.documentElement.lang === "en" ? 1 : 0;
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  let vocabulary = null;
  let turn = 0;

  /* ---- the index ---- */

  function load(name) {
    if (!asked.has(name)) {
      asked.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        const failed = () => { asked.delete(name); reject(new Error(name)); };
        script.src = `${form.dataset.catalog}search/${name}.js`;
        script.onload = () => (told.has(name) ? resolve(told.get(name)) : failed());
        script.onerror = failed;
        document.head.append(script);
      }));
    }
    return asked.get(name);
  }

  async function open() {
    if (vocabulary) return vocabulary;
    const content = await load("vocabulary");
    const all = [];
    content.terms.forEach((part, number) => {
      if (!part) return;
      part.split(" ").forEach((term, place) => {
        all.push({ term, part: number, often: parseInt(content.often[number][place], 16) });
      });
    });
    vocabulary = { ...content, all, stop: new Set(content.stop), departments: new Map(Object.entries(content.departments)) };
    return vocabulary;
  }

  /* The terms that a word may stand for, the likeliest first. */
  function candidates(word, all) {
    const found = [];
    const root = stem(word);
    const exact = all.some((one) => one.term === word);
    const most = exact ? 0 : typosAllowed(word);
    for (const one of all) {
      if (one.term === word) found.push({ ...one, quality: QUALITY.exact });
      else if (one.term.startsWith(word)) found.push({ ...one, quality: QUALITY.prefix });
      else if (root.length > 3 && one.term.includes(root) && stem(one.term) === root) {
        found.push({ ...one, quality: QUALITY.stem });
      } else if (most) {
        const edits = distance(word, one.term, most);
        if (edits <= most) found.push({ ...one, quality: edits === 1 ? QUALITY.typo : QUALITY.typos, typo: true });
      }
    }
    found.sort((a, b) => b.quality - a.quality || b.often - a.often || (a.term < b.term ? -1 : 1));
    return found.slice(0, CANDIDATES);
  }

  /* What a word of the query is worth to every dataset that has it, by the dataset's key. */
  async function worth(meant, datasets) {
    const parts = await Promise.all(meant.map((one) => load(`terms-${one.part}`)));
    const best = new Map();
    meant.forEach((one, place) => {
      const records = Object.hasOwn(parts[place], one.term) ? parts[place][one.term] : "";
      const rare = Math.log(1 + datasets / (records.length / (KEY + 1) || 1));
      for (let start = 0; start < records.length; start += KEY + 1) {
        const key = records.slice(start, start + KEY);
        const value = one.quality * rare * LETTERS.indexOf(records[start + KEY]);
        if (value > (best.get(key) || 0)) best.set(key, value);
      }
    });
    return best;
  }

  /* The keys of the datasets that a query finds, the best first: all words before some. */
  async function find(query) {
    const { all, stop, datasets } = await open();
    const meaning = terms(query, stop);
    const asking = [...new Set(meaning.length ? meaning : words(query))];
    const meant = asking.map((word) => candidates(word, all));
    const worths = await Promise.all(meant.map((one) => worth(one, datasets)));
    const sums = new Map();
    for (const best of worths) {
      for (const [key, value] of best) {
        const sum = sums.get(key) || { key, words: 0, value: 0 };
        sum.words += 1;
        sum.value += value;
        sums.set(key, sum);
      }
    }
    const hits = [...sums.values()];
    hits.sort((a, b) => b.words - a.words || b.value - a.value || (a.key < b.key ? -1 : 1));
    const instead = meant.filter((one) => one.length && one.every((term) => term.typo)).map((one) => one[0].term);
    return { hits, whole: hits.filter((hit) => hit.words === asking.length).length, instead };
  }

  paluSearch.find = find;

  /* ---- the page ---- */

  /* The part of a key, as catalog/parts.py reckons it. */
  function partOf(key, parts) {
    const number = [...key].reduce((sum, letter) => sum * 64 + LETTERS.indexOf(letter), 0);
    const level = 2 ** Math.floor(Math.log2(parts));
    return number % (2 * level) < parts ? number % (2 * level) : number % level;
  }

  async function cardsOf(hits) {
    const parts = await Promise.all(hits.map((hit) => load(`cards-${partOf(hit.key, vocabulary.cards)}`)));
    return hits.flatMap((hit, place) => (Object.hasOwn(parts[place], hit.key) ? parts[place][hit.key] : []));
  }

  function element(name, className, ...content) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  }

  const inLanguage = (texts) => texts[english] || texts[0];

  function row(card) {
    const link = element("a", "", inLanguage(card.title));
    link.href = `${form.dataset.pages}datasets/${encodeURIComponent(card.id)}/index.html`;
    const title = element("p", "title", link);
    if (card.sample) title.append(" ", element("span", "mark sample", form.dataset.sample));
    const department = vocabulary.departments.get(card.department);
    const meta = element("p", "meta", department ? inLanguage(department) : card.department);
    return element("li", "", title, element("p", "", inLanguage(card.text)), meta);
  }

  const say = (wording, count) => wording.replace("%n", () => count);

  function summary({ hits, whole, instead }) {
    if (!hits.length) return form.dataset.none;
    const { found, foundOne, some } = form.dataset;
    const lines = instead.length ? [say(form.dataset.instead, instead.join(", "))] : [];
    if (whole) lines.push(say(whole === 1 ? foundOne : found, numbers.format(whole)));
    if (hits.length > whole) lines.push(say(some, numbers.format(hits.length - whole)));
    return lines.join(" ");
  }

  const withoutMore = () => document.querySelector(".search-more")?.remove();
  async function show(hits, from, mine) {
    const rows = (await cardsOf(hits.slice(from, from + AT_ONCE))).map(row);
    if (mine !== turn) return;
    if (from === 0) list.replaceChildren();
    list.append(...rows);
    if (from > 0 && rows.length) rows[0].querySelector("a").focus();
    withoutMore();
    if (hits.length <= from + AT_ONCE) return;
    const button = element("button", "button search-more", form.dataset.more);
    button.type = "button";
    button.addEventListener("click", () => show(hits, from + AT_ONCE, turn).catch(failed));
    list.after(button);
  }

  function clear() {
    status.textContent = "";
    list.replaceChildren();
    withoutMore();
  }

  function failed() {
    clear();
    status.textContent = form.dataset.failed;
  }

  async function search() {
    const mine = ++turn;
    const query = field.value.trim();
    if (!query) return clear();
    try {
      const found = await find(query);
      if (mine !== turn) return;
      await show(found.hits, 0, mine);
      if (mine === turn) status.textContent = summary(found);
    } catch (error) {
      if (mine === turn) failed();
    }
  }

  /* The query stands in the address, so that a result can be handed on. */
  function keepInAddress() {
    const address = new URL(window.location.href);
    if (field.value.trim()) address.searchParams.set("q", field.value.trim());
    else address.searchParams.delete("q");
    try {
      window.history.replaceState(null, "", address);
    } catch (error) {
      /* a browser may refuse this to a page from a folder; the search itself goes on */
    }
  }

  let waiting = 0;
  const isSearchPage = new URL(form.action).pathname === window.location.pathname;
  field.addEventListener("focus", () => open().catch(() => {}), { once: true });
  field.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      search();
      if (isSearchPage) keepInAddress();
    }, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    if (!isSearchPage) return;
    event.preventDefault();
    window.clearTimeout(waiting);
    keepInAddress();
    search();
  });
  const query = new URLSearchParams(window.location.search).get("q");
  if (query) {
    field.value = query;
    search();
  }
})();
