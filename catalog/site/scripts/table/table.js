// The table of a dataset's rows, read from its Parquet by ranges. A view that costs much says so first, and asks.
(() => {
  "use strict";
  const palu = window.palu;
  const { make } = palu;
  const PAGE = 50;
  const ASK_FROM = 250_000; // bytes: what the page says it takes without asking
  const MOST_CELLS = 10_000_000; // of whole columns in a browser's memory
  const MOST_ROWS_SAVED = 200_000;

  palu.progressBar = () => {
    const bar = make("progress", { max: 1, value: 0, attributes: { "aria-label": palu.say("downloading") } });
    const box = make("p", { className: "progress", hidden: true }, bar);
    let [done, total] = [0, 0];
    return {
      box,
      start: (bytes) => {
        [done, total] = [0, bytes];
        bar.value = 0;
        box.hidden = bytes < ASK_FROM / 5;
      },
      add: (bytes) => {
        done += bytes;
        bar.value = total ? Math.min(1, done / total) : 1;
      },
      end: () => (box.hidden = true),
    };
  };

  // Says what something costs and waits for a yes; what is cheap goes ahead. False where the reader, or `signal`, says no.
  palu.asking = () => {
    const text = make("p");
    const go = make("button", { type: "button", className: "button" }, palu.say("go_on"));
    const stop = make("button", { type: "button", className: "button quiet" }, palu.say("cancel"));
    const box = make("div", { className: "banner asks", hidden: true, attributes: { role: "group", "aria-label": palu.say("asks") } }, text, make("p", {}, go, " ", stop));
    const ask = (words, bytes, signal) => bytes < ASK_FROM ? Promise.resolve(true) : new Promise((answer) => {
      const before = document.activeElement;
      const said = (yes) => () => {
        box.hidden = true;
        if (before && before.isConnected) before.focus();
        answer(yes);
      };
      text.textContent = words;
      box.hidden = false;
      go.onclick = said(true);
      stop.onclick = said(false);
      signal.addEventListener("abort", said(false));
      go.focus();
    });
    return { box, ask };
  };

  // The first page as it stands in the file comes at once; what its address asks beyond that may have to be agreed to.
  palu.openTable = async (place) => {
    const file = await palu.openFile();
    const wanted = palu.viewOf(location.hash);
    const plain = { ...palu.emptyView(), columns: wanted.columns };
    const state = { file, view: plain, positions: null, found: "", running: null, asWritten: false };
    const parts = skeleton(state);
    await reach(state, parts, plain, new AbortController().signal);
    place.replaceChildren(parts.box);
    parts.scroll.focus({ preventScroll: true });
    if (palu.viewAddress(wanted) !== palu.viewAddress(plain)) show(state, parts, wanted);
    window.addEventListener("hashchange", () => {
      if (location.hash.startsWith("#tabel?") && location.hash !== palu.viewAddress(state.view)) {
        show(state, parts, palu.viewOf(location.hash));
      }
    });
  };

  const skeleton = (state) => {
    const parts = {
      status: make("p", { className: "table-status", attributes: { role: "status" } }),
      progress: palu.progressBar(),
      asking: palu.asking(),
      chips: make("ul", { className: "chips", attributes: { "aria-label": palu.say("filters_in_force") } }),
      head: make("thead"),
      body: make("tbody"),
    };
    const change = (changes) => show(state, parts, { ...state.view, page: 0, ...changes });
    parts.change = change;
    parts.table = make("table", { className: "preview rows" }, make("caption", { id: "judul-tabel" }, palu.say("caption")), parts.head, parts.body);
    parts.scroll = make("div", { className: "scroll", tabIndex: 0, attributes: { role: "region", "aria-labelledby": "judul-tabel" } }, parts.table);
    parts.box = make("div", { className: "table-box" }, tools(state, parts), parts.chips, parts.asking.box, parts.status,
      parts.progress.box, parts.scroll, pager(state, parts));
    return parts;
  };

  const tools = (state, parts) => {
    const written = make("input", { type: "checkbox" });
    written.addEventListener("change", () => {
      state.asWritten = written.checked;
      drawBody(state, parts);
    });
    const save = make("button", { type: "button", className: "button quiet" }, palu.say("save"));
    save.addEventListener("click", () => saveRows(state, parts));
    return make("div", { className: "table-tools" },
      palu.filterPanel((name, filter) => parts.change({ filters: { ...state.view.filters, [name]: filter } })),
      palu.columnPanel(state.view.columns, (columns) => parts.change({ columns, page: state.view.page })),
      make("label", { className: "choice" }, written, palu.say("as_written")), save);
  };

  const pager = (state, parts) => {
    const button = (text, page) => {
      const made = make("button", { type: "button", className: "button quiet" }, palu.say(text));
      made.addEventListener("click", () => {
        if (made.getAttribute("aria-disabled") !== "true") show(state, parts, { ...state.view, page: page() });
      });
      return made;
    };
    parts.first = button("first", () => 0);
    parts.previous = button("previous", () => state.view.page - 1);
    parts.next = button("next", () => state.view.page + 1);
    parts.last = button("last", () => pages(state) - 1);
    parts.number = make("input", { type: "number", min: 1, step: 1, attributes: { "aria-label": palu.say("page") } });
    parts.of = make("span");
    parts.number.addEventListener("change", () => {
      const page = Math.min(pages(state), Math.max(1, Math.floor(parts.number.valueAsNumber) || 1));
      show(state, parts, { ...state.view, page: page - 1 });
    });
    return make("nav", { className: "pager", attributes: { "aria-label": palu.say("pages") } },
      parts.first, parts.previous, make("span", { className: "page-number" }, palu.say("page"), " ", parts.number, " ", parts.of), parts.next, parts.last);
  };

  const countOf = (state, positions) => (positions ? positions.length : state.file.length);
  const pagesOf = (state, positions) => Math.max(1, Math.ceil(countOf(state, positions) / PAGE));
  const count = (state) => countOf(state, state.positions);
  const pages = (state) => pagesOf(state, state.positions);

  // A new view. The last one asked for wins.
  const show = async (state, parts, view) => {
    if (state.running) state.running.abort();
    const running = (state.running = new AbortController());
    try {
      await reach(state, parts, view, running.signal);
    } catch (error) {
      if (!running.signal.aborted) parts.status.textContent = palu.explained(error);
    } finally {
      if (state.running === running) parts.progress.end();
    }
    if (running.signal.aborted) return;
    history.replaceState(history.state, "", palu.viewAddress(state.view));
    parts.box.dataset.view = location.hash;
  };

  // What a view costs, where it must be agreed to; the rows that it finds; the cells of its page.
  const reach = async (state, parts, view, signal) => {
    const options = { signal, onBytes: parts.progress.add };
    const sought = JSON.stringify([view.filters, view.sort]);
    let { positions } = state;
    if (sought !== state.found) {
      if (!(await agreed(state, parts, view, signal))) return;
      positions = await palu.positions(state.file, view, palu.types, options);
    }
    const page = Math.min(view.page, pagesOf(state, positions) - 1);
    const rows = rowsOf(state, positions, page * PAGE, PAGE);
    parts.progress.start(state.file.cost(view.columns, new Set(rows.map(state.file.groupOf))));
    const names = [...new Set([...view.columns, ...palu.facts.key])];
    const cells = await palu.cellsOf(state.file, rows, names, options);
    if (signal.aborted) return;
    Object.assign(state, { view: { ...view, page }, positions, found: sought, drawn: { names, rows, cells } });
    draw(state, parts);
  };

  const agreed = async (state, parts, view, signal) => {
    const cost = palu.costOf(state.file, view, palu.types, view.columns, PAGE);
    if (cost.cells > MOST_CELLS) {
      parts.status.textContent = palu.say("too_large");
      return false;
    }
    const words = { finding: palu.size(cost.finding), page: palu.size(cost.page) };
    const yes = await parts.asking.ask(palu.say(cost.page ? "costs_pages" : "costs", words), cost.finding, signal);
    if (yes) parts.progress.start(cost.finding);
    if (yes) parts.status.textContent = palu.say("working");
    return yes;
  };

  const rowsOf = (state, positions, start, most) => {
    const end = Math.min(start + most, countOf(state, positions));
    return Array.from({ length: Math.max(0, end - start) }, (_, i) => (positions ? positions[start + i] : start + i));
  };

  const draw = (state, parts) => {
    drawHead(state, parts);
    drawBody(state, parts);
    const focused = parts.chips.contains(document.activeElement);
    parts.chips.replaceChildren(...palu.filterChips(state.view.filters, (name) => {
      const { [name]: _gone, ...filters } = state.view.filters;
      parts.change({ filters });
    }));
    if (focused) (parts.chips.querySelector("button") || parts.scroll).focus({ preventScroll: true });
    drawPager(state, parts);
    parts.progress.end();
    parts.scroll.scrollTop = 0;
  };

  const drawPager = (state, parts) => {
    const { page } = state.view;
    const [start, rows] = [page * PAGE, state.drawn.rows.length];
    const filtered = Object.keys(state.view.filters).length;
    const numbers = { from: palu.number(start + 1), to: palu.number(start + rows), count: palu.number(count(state)), all: palu.number(state.file.length) };
    parts.status.textContent = palu.say(!rows ? "no_rows" : filtered ? "rows_filtered" : "rows_shown", numbers);
    for (const [button, off] of [[parts.first, !page], [parts.previous, !page], [parts.next, page + 1 >= pages(state)], [parts.last, page + 1 >= pages(state)]]) {
      button.setAttribute("aria-disabled", String(off));
    }
    parts.number.max = pages(state);
    parts.number.value = page + 1;
    parts.of.textContent = palu.say("of_pages", { pages: palu.number(pages(state)) });
  };

  const drawHead = (state, parts) => {
    const focused = parts.head.contains(document.activeElement) ? document.activeElement.dataset.name : null;
    const { sort, columns } = state.view;
    const cells = columns.map((name) => {
      const field = palu.field(name);
      const way = sort && sort.name === name ? (sort.down ? "descending" : "ascending") : "none";
      const button = make("button", { type: "button", className: "sort" }, field.unit ? `${field.title} (${field.unit})` : field.title);
      button.dataset.name = name;
      button.addEventListener("click", () => {
        const next = { none: { name, down: false }, ascending: { name, down: true }, descending: null };
        parts.change({ sort: next[way] });
      });
      return make("th", { scope: "col", className: palu.isNumeric(field.type) ? "number" : "", attributes: { "aria-sort": way } }, button);
    });
    if (palu.reportLink) cells.push(make("th", { scope: "col" }, palu.say("action")));
    parts.head.replaceChildren(make("tr", {}, ...cells));
    if (focused) [...parts.head.querySelectorAll("button")].find((button) => button.dataset.name === focused)?.focus({ preventScroll: true });
  };

  const drawBody = (state, parts) => {
    const { names, cells } = state.drawn;
    const { columns } = state.view;
    const drawn = cells.map((row) => {
      const cellOf = (name) => row[names.indexOf(name)];
      const line = make("tr", {}, ...columns.map((name) => palu.drawCell(cellOf(name), palu.types[name], state.asWritten)));
      if (palu.reportLink) line.append(make("td", {}, palu.reportLink(cellOf)));
      return line;
    });
    parts.body.replaceChildren(...drawn);
  };

  const saveRows = async (state, parts) => {
    const { columns } = state.view;
    const rows = rowsOf(state, state.positions, 0, Infinity);
    if (rows.length > MOST_ROWS_SAVED) {
      parts.status.textContent = palu.say("save_too_large", { rows: palu.number(MOST_ROWS_SAVED) });
      return;
    }
    if (state.running) state.running.abort();
    const { signal } = (state.running = new AbortController());
    const cost = state.file.cost(columns, new Set(rows.map(state.file.groupOf)));
    if (!(await parts.asking.ask(palu.say("costs", { finding: palu.size(cost) }), cost, signal))) return;
    parts.progress.start(cost);
    try {
      const cells = await palu.cellsOf(state.file, rows, columns, { signal, onBytes: parts.progress.add });
      const written = (value, i) => (value === null ? null : palu.written(value, palu.types[columns[i]]));
      palu.download(`${palu.facts.dataset}-saringan.csv`, [palu.csvLine(columns), ...cells.map((row) => palu.csvLine(row.map(written)))]);
      parts.status.textContent = palu.say("saved", { rows: palu.number(rows.length) });
    } catch (error) {
      if (!signal.aborted) parts.status.textContent = palu.explained(error);
    } finally {
      parts.progress.end();
    }
  };

  // A row's own link to the report form: the page carries its pattern, where the city takes reports.
  const pattern = document.querySelector("[data-report]")?.dataset.report;
  palu.reportLink = pattern && palu.facts.key.length ? (cellOf) => {
    const key = palu.facts.key.map((name) => `${name}=${cellOf(name) === null ? "" : palu.written(cellOf(name), palu.types[name])}`);
    const link = make("a", { href: pattern.split("{kunci}").join(encodeURIComponent(key.join(", "))) }, palu.say("report_row"));
    return ["http:", "https:", "mailto:"].includes(link.protocol) ? link : "";
  } : null;
})();
