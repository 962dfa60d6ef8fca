// SQL over the same Parquet: the engine reads through the table's own file, by columns and groups of rows.
(() => {
  "use strict";
  const palu = window.palu;
  const { make } = palu;
  const ROWS_SHOWN = 1_000;
  const ROWS_KEPT = 100_000;
  const MOST_CELLS = 20_000_000; // read for one query: the engine holds what it sorts and groups
  const AHEAD = 6;
  const TEXTS = ["date", "datetime", "time"]; // compared and shown as ISO 8601 texts
  let running = null;

  const asSql = (name) => {
    const type = palu.types[name];
    return TEXTS.includes(type) ? (value) => (value === null ? null : palu.written(value, type)) : (value) => value;
  };

  const FLIPPED = { "<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "==": "==" };

  // Comparisons of a column with a literal that every row must pass, from the top of a WHERE.
  const demands = (node) => {
    if (!node || node.type !== "binary") return [];
    if (node.op === "AND") return [...demands(node.left), ...demands(node.right)];
    const [left, right] = [node.left, node.right];
    if (left.type === "identifier" && right.type === "literal") return [{ name: left.name, op: node.op, value: right.value }];
    if (right.type === "identifier" && left.type === "literal") return [{ name: right.name, op: FLIPPED[node.op], value: left.value }];
    return [];
  };

  // Whether the least and greatest values that the file states leave room for a match.
  const mayMatch = (file, group) => ({ name, op, value }) => {
    const type = palu.types[name];
    const known = palu.isNumeric(type) ? ["number", "bigint"].includes(typeof value) : type === "date" && typeof value === "string";
    const limit = type === "date" && known ? palu.parseDay(value) : value;
    const bounds = known && limit !== null && group.chunks.has(name) ? file.bounds(group, name) : null;
    if (!bounds) return true;
    const [least, most] = bounds;
    if (op === "<") return least < limit;
    if (op === "<=") return least <= limit;
    if (op === ">") return most > limit;
    if (op === ">=") return most >= limit;
    return !["=", "=="].includes(op) || (least <= limit && limit <= most);
  };

  const within = (file, limit, offset = 0) =>
    limit === undefined ? file.groups : file.groups.filter((group) => group.start < offset + limit);

  // The groups one after the other, the next ones on their way while this one is used; the page breathes in between.
  const read = async function* (file, groups, names, run) {
    await run.agree(file.cost(names, groups), groups.reduce((sum, group) => sum + group.rows, 0) * names.length);
    const coming = [];
    const ask = (group) => {
      const rows = file.rows(group, names, run.options);
      rows.catch(() => {}); // told where it is awaited, if it still is
      coming.push(rows);
    };
    groups.slice(0, AHEAD).forEach(ask);
    for (let i = 0; i < groups.length; i++) {
      const columns = await coming.shift();
      if (i + AHEAD < groups.length) ask(groups[i + AHEAD]);
      await new Promise((resolve) => setTimeout(resolve));
      run.options.signal.throwIfAborted();
      yield [groups[i], names.map((name) => columns.get(name))];
    }
  };

  const source = (file, run) => {
    const columns = palu.facts.fields.map((field) => field.name);
    const scan = (hints) => {
      const names = hints.columns || columns;
      const passing = demands(hints.where);
      const among = within(file, hints.where ? undefined : hints.limit, hints.offset)
        .filter((group) => passing.every(mayMatch(file, group)));
      const read_as = names.map(asSql);
      const rows = async function* () {
        const readNames = names.length ? names : columns.slice(0, 1); // COUNT(*) with a WHERE that names none
        for await (const [group, values] of read(file, among, readNames, run)) {
          for (let i = 0; i < group.rows; i++) {
            const resolved = {};
            const cells = {};
            names.forEach((name, place) => {
              const value = read_as[place](values[place][i]);
              resolved[name] = value;
              cells[name] = () => Promise.resolve(value);
            });
            yield { columns: names, cells, resolved };
          }
        }
      };
      return { rows, appliedWhere: false, appliedLimitOffset: false };
    };
    const scanColumn = async function* ({ column, limit, offset = 0 }) {
      const among = within(file, limit, offset).filter((group) => group.start + group.rows > offset);
      for await (const [group, [values]] of read(file, among, [column], run)) {
        const end = limit === undefined ? group.rows : Math.min(group.rows, offset + limit - group.start);
        yield values.slice(Math.max(0, offset - group.start), end).map(asSql(column));
      }
    };
    return { numRows: file.length, columns, scan, scanColumn };
  };

  const plain = (value) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Date) return value.toISOString();
    return typeof value === "object" ? JSON.stringify(value, (_, one) => (typeof one === "bigint" ? String(one) : one)) : value;
  };

  const collected = async (results, signal) => {
    const rows = [];
    for await (const row of results.rows()) {
      signal.throwIfAborted();
      if (rows.length === ROWS_KEPT) return { rows, cut: true };
      rows.push(await Promise.all(results.columns.map(async (name) => plain(row.resolved && name in row.resolved ? row.resolved[name] : await row.cells[name]()))));
    }
    return { rows, cut: false };
  };

  const told = (error) => {
    if (error.message === "too_large") return [palu.say("sql_too_large")];
    if (["network", "ranges", "file"].includes(error.message) || error instanceof TypeError) return [palu.explained(error)];
    const place = error.positionStart === undefined ? [] : [` ${palu.say("sql_at", { place: palu.number(error.positionStart + 1) })}`];
    return [palu.say("sql_failed"), ...place, " ", make("code", { lang: "en" }, error.message)];
  };

  const table = (columns, rows) => {
    const shown = rows.slice(0, ROWS_SHOWN);
    const numeric = columns.map((_, i) => shown.some((row) => ["number", "bigint"].includes(typeof row[i])));
    const head = columns.map((name, i) => make("th", { scope: "col", className: numeric[i] ? "number" : "" }, name));
    const lines = shown.map((row) => make("tr", {}, ...row.map((value, i) => palu.drawCell(value, numeric[i] ? "integer" : "string", true))));
    const caption = make("caption", { id: "judul-sql" }, palu.say("sql_result"));
    return make("div", { className: "scroll", tabIndex: 0, attributes: { role: "region", "aria-labelledby": "judul-sql" } },
      make("table", { className: "preview rows" }, caption, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...lines)));
  };

  const draw = (place, columns, { rows, cut }, status, spent) => {
    const save = make("button", { type: "button", className: "button quiet" }, palu.say("sql_save"));
    save.addEventListener("click", () => {
      const texts = (row) => palu.csvLine(row.map((value) => (value === null ? null : String(value))));
      palu.download(`${palu.facts.dataset}-kueri.csv`, [palu.csvLine(columns), ...rows.map(texts)]);
    });
    place.replaceChildren(table(columns, rows), make("p", {}, save));
    const shown = palu.number(Math.min(rows.length, ROWS_SHOWN));
    const said = { rows: palu.number(rows.length), shown, seconds: palu.number(Math.round(spent.seconds * 100) / 100), bytes: palu.size(spent.bytes) };
    status.textContent = palu.say(cut ? "sql_cut" : rows.length > ROWS_SHOWN ? "sql_rows_shown" : "sql_rows", said);
  };

  // What a query may read: agreed to once it costs much, refused where a browser could not hold it.
  const started = (asking, progress, signal) => {
    const spent = { bytes: 0, seconds: 0 };
    let [planned, granted, cells, queue] = [0, 0, 0, Promise.resolve()];
    const onBytes = (bytes) => {
      spent.bytes += bytes;
      progress.add(bytes);
    };
    const decide = async (bytes, more) => {
      planned += bytes;
      cells += more;
      if (cells > MOST_CELLS) throw new Error("too_large");
      if (planned > granted) {
        if (!(await asking.ask(palu.say("sql_costs", { bytes: palu.size(planned) }), planned, signal))) throw new Error("cancelled");
        granted = planned;
      }
      progress.start(planned);
    };
    const agree = (bytes, more) => (queue = queue.then(() => decide(bytes, more)));
    return { spent, agree, options: { signal, onBytes } };
  };

  palu.runSql = async (form, query) => {
    if (running) running.abort();
    const controller = (running = new AbortController());
    const { signal } = controller;
    const find = (name) => form.querySelector(`[data-sql="${name}"]`);
    const status = form.querySelector("[role=status]");
    const [asking, progress] = [palu.asking(), palu.progressBar()];
    find("asks").replaceChildren(asking.box, progress.box);
    const stop = find("stop");
    stop.hidden = false;
    stop.onclick = () => controller.abort();
    status.textContent = palu.say("sql_running");
    const began = performance.now();
    try {
      const file = await palu.openFile();
      const run = started(asking, progress, signal);
      const rows = source(file, run);
      const results = window.PaluSql.executeSql({ tables: { data: rows, [palu.facts.table]: rows }, query, signal });
      const found = await collected(results, signal);
      signal.throwIfAborted();
      run.spent.seconds = (performance.now() - began) / 1000;
      draw(find("result"), results.columns, found, status, run.spent);
    } catch (error) {
      if (running !== controller) return;
      find("result").replaceChildren();
      if (signal.aborted || error.message === "cancelled") status.textContent = palu.say("sql_cancelled");
      else status.replaceChildren(...told(error));
    } finally {
      progress.end();
      if (running === controller) stop.hidden = true;
    }
  };
})();
