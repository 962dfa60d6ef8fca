// Which rows a view shows, and in which order: positions in the file, from whole columns.
(() => {
  "use strict";
  const palu = window.palu;
  const DAY_MICROS = 86_400_000_000;

  // A filter is {has}, {from, to} in the column's own unit, or {of: [texts as written]}.
  const within = ({ from, to }) => (value) =>
    value !== null && (from === null || value >= from) && (to === null || value <= to);

  const matcher = (filter, type) => {
    if (filter.has !== undefined) {
      const needle = filter.has.toLowerCase();
      return (value) => value !== null && palu.written(value, type).toLowerCase().includes(needle);
    }
    if (filter.of !== undefined) return (value) => value !== null && filter.of.includes(palu.written(value, type));
    return within(inUnits(filter, type));
  };

  // Whole days as moments: from the first moment of the one to the last of the other.
  const inUnits = ({ from, to }, type) =>
    type !== "datetime" ? { from, to }
      : { from: from === null ? null : from * DAY_MICROS, to: to === null ? null : (to + 1) * DAY_MICROS - 1 };

  // Groups that may hold a match, by the least and greatest value that the file states for each.
  palu.candidates = (file, filters, types) => file.groups.filter((group) =>
    Object.entries(filters).every(([name, filter]) => {
      if (filter.from === undefined) return true;
      const bounds = file.bounds(group, name);
      const { from, to } = inUnits(filter, types[name]);
      return !bounds || ((from === null || bounds[1] >= from) && (to === null || bounds[0] <= to));
    }));

  const matches = async (file, view, types, among, options) => {
    const names = Object.keys(view.filters);
    const tests = names.map((name) => matcher(view.filters[name], types[name]));
    const found = new Map();
    await palu.each(among, async (group) => {
      const columns = await file.rows(group, names, options);
      const values = names.map((name) => columns.get(name));
      const rows = [];
      for (let i = 0; i < group.rows; i++) {
        if (tests.every((test, place) => test(values[place][i]))) rows.push(group.start + i);
      }
      found.set(group.number, rows);
    });
    return among.flatMap((group) => found.get(group.number));
  };

  // Texts in the order of a list of names: without regard to capitals. Missing values stand last, whichever way.
  const sortKey = (value) => (typeof value === "string" ? value.toLowerCase() : value);
  const ascending = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

  const sorted = async (file, { name, down }, positions, options) => {
    const count = positions ? positions.length : file.length;
    const at = (i) => (positions ? positions[i] : i);
    const byGroup = new Map();
    const groups = positions ? new Set(Array.from(positions, file.groupOf)) : new Set(file.groups);
    await palu.each([...groups], async (group) => {
      byGroup.set(group, (await file.rows(group, [name], options)).get(name));
    });
    const keys = new Array(count);
    let group = file.groups[0];
    for (let i = 0; i < count; i++) {
      const row = at(i);
      if (row < group.start || row >= group.start + group.rows) group = file.groupOf(row);
      const value = byGroup.get(group)[row - group.start];
      keys[i] = value === null ? null : sortKey(value);
    }
    const distinct = [...new Set(keys)].filter((key) => key !== null).sort(ascending);
    const ranks = new Map(distinct.map((key, rank) => [key, down ? distinct.length - rank : rank + 1]));
    const last = distinct.length + 1;
    // One number a row, its rank before its place: sorts fast, and equals stay in the file's order.
    const packed = Float64Array.from(keys, (key, i) => (key === null ? last : ranks.get(key)) * count + i).sort();
    return Uint32Array.from(packed, (number) => at(number % count));
  };

  // Positions of a view's rows in order; null for all rows as they stand in the file.
  palu.positions = async (file, view, types, options) => {
    const filtered = Object.keys(view.filters).length
      ? await matches(file, view, types, palu.candidates(file, view.filters, types), options)
      : null;
    return view.sort ? sorted(file, view.sort, filtered, options) : filtered;
  };

  // Bytes that finding a view's rows would download, and at most another page of them.
  palu.costOf = (file, view, types, columns, pageRows) => {
    const among = palu.candidates(file, view.filters, types);
    const needed = new Set(Object.keys(view.filters));
    if (view.sort) needed.add(view.sort.name);
    const others = columns.filter((name) => !needed.has(name));
    const groups = view.sort || needed.size ? among : [];
    const costs = among.map((group) => file.cost(others, [group])).sort((a, b) => b - a);
    return {
      finding: file.cost([...needed], groups),
      page: costs.slice(0, pageRows).reduce((sum, bytes) => sum + bytes, 0),
      cells: groups.reduce((sum, group) => sum + group.rows, 0) * needed.size,
    };
  };

  // The cells of some positions: an array a row, in the order of `names`.
  palu.cellsOf = async (file, rows, names, options) => {
    const byGroup = new Map();
    rows.forEach((row, place) => {
      const group = file.groupOf(row);
      if (!byGroup.has(group)) byGroup.set(group, []);
      byGroup.get(group).push([row - group.start, place]);
    });
    const drawn = new Array(rows.length);
    await palu.each([...byGroup], async ([group, wanted]) => {
      const columns = await file.rows(group, names, options);
      for (const [row, place] of wanted) drawn[place] = names.map((name) => columns.get(name)[row]);
    });
    return drawn;
  };
})();
