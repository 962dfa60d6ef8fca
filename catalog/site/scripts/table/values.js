// Cells: what they are in the file, how they are written in the CSV, how a reader is used to see them.
// In memory: null for missing; numbers for numbers, days since 1970 for dates, microseconds for moments and times.
(() => {
  "use strict";
  const palu = window.palu;
  const DAY = 86_400_000;
  const locale = palu.facts.language === "en" ? "en-GB" : "id-ID";
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 });
  const days = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  const NUMERIC = ["integer", "number", "year"];
  const LONGEST = 120;
  const ONE_LINE = 24;

  const isoDay = (day) => new Date(day * DAY).toISOString().replace(/T.*/, "").replace(/^\+0*(\d{4,})/, "$1");

  const clock = (micros) => {
    const seconds = Math.floor(micros / 1e6);
    const two = (number) => String(number).padStart(2, "0");
    const rest = micros - seconds * 1e6;
    const fraction = rest ? `.${String(rest).padStart(6, "0").replace(/0+$/, "")}` : "";
    return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${fraction}`;
  };

  const dayOf = (micros) => Math.floor(micros / (DAY * 1000));
  const timeOf = (micros) => micros - dayOf(micros) * DAY * 1000;

  // As the CSV writes a floating-point number: 5.0, 1e-05, 1e+16.
  const real = (value) => {
    const size = Math.abs(value);
    if (size && (size < 1e-4 || size >= 1e16)) {
      return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
    }
    return Number.isInteger(value) ? value.toFixed(1) : String(value);
  };

  const WRITTEN = {
    number: real,
    date: isoDay,
    datetime: (micros) => `${isoDay(dayOf(micros))} ${clock(timeOf(micros))}`,
    time: clock,
  };

  const SHOWN = {
    integer: (value) => numbers.format(value),
    number: (value) => numbers.format(value),
    boolean: (value) => palu.say(value ? "yes" : "no"),
    date: (day) => days.format(day * DAY),
    datetime: (micros) => {
      const time = clock(timeOf(micros));
      return `${days.format(dayOf(micros) * DAY)} ${locale === "id-ID" ? time.replace(/:/g, ".") : time}`;
    },
  };

  palu.isNumeric = (type) => NUMERIC.includes(type);
  palu.filterKind = (field) => {
    if (NUMERIC.includes(field.type)) return "range";
    if (field.type === "date" || field.type === "datetime") return "days";
    return field.choices.length ? "choice" : "text";
  };

  // One cell of the file in memory.
  palu.cell = (value) => {
    if (value === undefined || value === null) return null;
    if (typeof value !== "bigint") return value;
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  };

  palu.written = (value, type) => (WRITTEN[type] || String)(value);
  palu.shown = (value, type) => (SHOWN[type] || WRITTEN[type] || String)(value);
  palu.number = (value) => numbers.format(value);
  palu.size = (bytes) => {
    const [unit, name] = bytes >= 1e6 ? [1e6, "MB"] : [1e3, "kB"];
    return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(bytes / unit)} ${name}`;
  };

  const shape = (text) => {
    const kind = /"type"\s*:\s*"([A-Za-z]+)"/.exec(text);
    return palu.say("shape", { kind: kind ? kind[1] : "GeoJSON", letters: palu.number(text.length) });
  };

  // A table's cell. Texts go in as text alone, whatever they say.
  palu.drawCell = (value, type, asWritten) => {
    const cell = document.createElement("td");
    if (palu.isNumeric(type)) cell.className = "number";
    if (value === null || value === "") {
      const empty = cell.appendChild(document.createElement("span"));
      empty.className = "empty";
      empty.textContent = "–";
      return cell;
    }
    const text = asWritten ? palu.written(value, type) : palu.shown(value, type);
    if (text.length <= LONGEST && type !== "geojson") {
      cell.textContent = text;
      if (text.length <= ONE_LINE) cell.classList.add("one-line");
      return cell;
    }
    const details = cell.appendChild(document.createElement("details"));
    details.className = "long";
    const summary = details.appendChild(document.createElement("summary"));
    summary.textContent = type === "geojson" ? shape(text) : `${text.slice(0, LONGEST)}…`;
    details.append(text);
    return cell;
  };

  const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  palu.csvLine = (texts) => `${texts.map((text) => (text === null ? "" : quoted(text))).join(",")}\r\n`;

  palu.download = (name, parts) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", ...parts], { type: "text/csv;charset=utf-8" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };
})();
