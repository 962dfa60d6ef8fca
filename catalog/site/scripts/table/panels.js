// The two panels above the table: filters, and the choice of columns.
(() => {
  "use strict";
  const palu = window.palu;
  let numbered = 0;

  // An element with properties and children; texts become text nodes, whatever they say.
  palu.make = (tag, properties = {}, ...children) => {
    const { attributes = {}, ...rest } = properties;
    const element = Object.assign(document.createElement(tag), rest);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const { make } = palu;

  const labelled = (text, input) => {
    input.id = `tabel-isian-${++numbered}`;
    return make("p", { className: "labelled" }, make("label", { htmlFor: input.id }, text), input);
  };

  const panel = (title, ...children) =>
    make("details", { className: "panel" }, make("summary", {}, title), make("div", { className: "panel-body" }, ...children));

  const INPUTS = {
    text: () => {
      const input = make("input", { type: "search", maxLength: 200 });
      const filter = () => (input.value ? { has: input.value } : null);
      return { shown: [labelled(palu.say("contains"), input)], filter };
    },
    range: () => bounds("range", { type: "number", step: "any" }),
    days: () => bounds("days", { type: "date" }),
    choice: (field) => {
      const boxes = field.choices.map((text) => make("input", { type: "checkbox", value: text }));
      const shown = boxes.map((box) =>
        make("label", { className: "choice" }, box, field.type === "boolean" ? palu.shown(box.value === "true", "boolean") : box.value));
      const filter = () => {
        const of = boxes.filter((box) => box.checked).map((box) => box.value);
        return of.length ? { of } : null;
      };
      return { shown: [make("fieldset", {}, make("legend", {}, palu.say("one_of")), ...shown)], filter };
    },
  };

  const bounds = (kind, properties) => {
    const [from, to] = [make("input", properties), make("input", properties)];
    const filter = () => palu.rangeFilter(kind, from.value, to.value);
    return { shown: [labelled(palu.say("from"), from), labelled(palu.say("to"), to)], filter };
  };

  // A form that adds one filter. `add(name, filter)` is told.
  palu.filterPanel = (add) => {
    const options = palu.facts.fields.map((field) => make("option", { value: field.name }, field.title));
    const select = make("select", {}, ...options);
    const inputs = make("div", { className: "filter-inputs" });
    const hint = make("p", { className: "note", attributes: { role: "status" } });
    let current;
    const redraw = () => {
      const field = palu.field(select.value);
      current = INPUTS[palu.filterKind(field)](field);
      inputs.replaceChildren(...current.shown);
    };
    select.addEventListener("change", redraw);
    redraw();
    const form = make("form", { className: "filter-form" }, labelled(palu.say("column"), select), inputs,
      make("p", {}, make("button", { type: "submit", className: "button" }, palu.say("apply"))), hint);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const filter = current.filter();
      hint.textContent = filter ? "" : palu.say("filter_empty");
      if (!filter) return;
      box.open = false;
      box.querySelector("summary").focus();
      add(select.value, filter);
    });
    const box = panel(palu.say("filter"), form);
    return box;
  };

  // Boxes for the columns; at least one stays. `change(names)` is told.
  palu.columnPanel = (chosen, change) => {
    const boxes = palu.facts.fields.map(({ name }) =>
      make("input", { type: "checkbox", value: name, checked: chosen.includes(name) }));
    const labels = boxes.map((box) => make("label", { className: "choice" }, box, palu.field(box.value).title));
    const names = () => boxes.filter((box) => box.checked).map((box) => box.value);
    for (const box of boxes) {
      box.addEventListener("change", () => {
        if (!names().length) box.checked = true;
        change(names());
      });
    }
    return panel(palu.say("columns"), make("fieldset", {}, make("legend", {}, palu.say("columns_shown")), ...labels));
  };

  // The filters in force, each with a button that takes it away.
  palu.filterChips = (filters, remove) => Object.entries(filters).map(([name, filter]) => {
    const words = palu.filterInWords(name, filter);
    const button = make("button", { type: "button", className: "chip", attributes: { "aria-label": palu.say("filter_remove", { filter: words }) } }, words);
    button.addEventListener("click", () => remove(name));
    return make("li", {}, button);
  });
})();
