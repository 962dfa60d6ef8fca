// What a reader looks at, as an address: #tabel?halaman=2&urut=-kapasitas&kolom=a,b&s.kecamatan=~palu
(() => {
  "use strict";
  const palu = window.palu;
  const NAME = "#tabel?";
  const DAY = 86_400_000;

  const fields = new Map(palu.facts.fields.map((field) => [field.name, field]));
  palu.field = (name) => fields.get(name);
  palu.types = Object.fromEntries(palu.facts.fields.map(({ name, type }) => [name, type]));

  palu.emptyView = () => ({ page: 0, sort: null, filters: {}, columns: [...fields.keys()] });

  palu.parseDay = (text) => (/^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) / DAY : null);
  const bound = (text, kind) => {
    const value = kind === "days" ? palu.parseDay(text) : text.trim() === "" ? null : Number(text);
    return Number.isFinite(value) ? value : null;
  };

  // The filter that stated bounds or texts make of a field; null for none.
  palu.rangeFilter = (kind, from, to) => {
    const filter = { from: bound(from, kind), to: bound(to, kind) };
    return filter.from === null && filter.to === null ? null : filter;
  };

  const boundText = (value, kind) => (value === null ? "" : kind === "days" ? palu.written(value, "date") : String(value));

  const stated = (filter, kind) => {
    if (filter.has !== undefined) return [`~${filter.has}`];
    if (filter.of !== undefined) return filter.of.map((text) => `=${text}`);
    return [`${boundText(filter.from, kind)}..${boundText(filter.to, kind)}`];
  };

  const understood = (texts, kind) => {
    if (kind === "text") return texts[0].startsWith("~") && texts[0].length > 1 ? { has: texts[0].slice(1) } : null;
    if (kind === "choice") return { of: texts.filter((text) => text.startsWith("=")).map((text) => text.slice(1)) };
    const [from, to] = texts[0].split("..");
    return to === undefined ? null : palu.rangeFilter(kind, from, to);
  };

  palu.viewAddress = (view) => {
    const said = new URLSearchParams();
    if (view.page) said.set("halaman", view.page + 1);
    if (view.sort) said.set("urut", (view.sort.down ? "-" : "") + view.sort.name);
    if (view.columns.length < fields.size) said.set("kolom", view.columns.join(","));
    for (const [name, filter] of Object.entries(view.filters)) {
      for (const text of stated(filter, palu.filterKind(palu.field(name)))) said.append(`s.${name}`, text);
    }
    return NAME + said;
  };

  // The view that an address names; what it says of fields that are not there is passed over.
  palu.viewOf = (hash) => {
    const view = palu.emptyView();
    if (!hash.startsWith(NAME)) return view;
    const said = new URLSearchParams(hash.slice(NAME.length));
    view.page = Math.max(0, Math.floor(Number(said.get("halaman")) || 1) - 1);
    const sort = /^(-?)(.+)$/.exec(said.get("urut") || "");
    if (sort && fields.has(sort[2])) view.sort = { name: sort[2], down: sort[1] === "-" };
    const columns = (said.get("kolom") || "").split(",").filter((name) => fields.has(name));
    if (columns.length) view.columns = [...fields.keys()].filter((name) => columns.includes(name));
    for (const key of new Set(said.keys())) {
      const name = key.slice(2);
      if (!key.startsWith("s.") || !fields.has(name)) continue;
      const filter = understood(said.getAll(key), palu.filterKind(fields.get(name)));
      if (filter) view.filters[name] = filter;
    }
    return view;
  };

  // A filter in words, as its chip says it.
  palu.filterInWords = (name, filter) => {
    const { title, type } = palu.field(name);
    const kind = palu.filterKind(palu.field(name));
    if (filter.has !== undefined) return palu.say("filter_has", { field: title, text: filter.has });
    const shown = (value) => (kind === "days" ? palu.shown(value, "date") : palu.shown(value, type));
    if (filter.of !== undefined) {
      const texts = filter.of.map((text) => (type === "boolean" ? palu.shown(text === "true", type) : text));
      return palu.say("filter_of", { field: title, texts: texts.join(", ") });
    }
    const { from, to } = filter;
    if (to === null) return palu.say("filter_from", { field: title, from: shown(from) });
    if (from === null) return palu.say("filter_to", { field: title, to: shown(to) });
    return palu.say("filter_between", { field: title, from: shown(from), to: shown(to) });
  };
})();
