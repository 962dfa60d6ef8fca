// On a dataset's page: opens the table and the SQL box when somebody asks for them. Until then nothing more is loaded.
(() => {
  "use strict";
  const block = document.getElementById("fakta-tabel");
  if (!block) return;
  const facts = JSON.parse(block.textContent);
  const palu = (window.palu = { facts });
  const loaded = new Map();

  palu.say = (text, values = {}) =>
    Object.entries(values).reduce((said, [name, value]) => said.split(`%${name}%`).join(value), facts.texts[text]);

  palu.load = (address) => {
    if (!loaded.has(address)) {
      loaded.set(address, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = address;
        script.onload = resolve;
        script.onerror = () => {
          loaded.delete(address);
          script.remove();
          reject(new Error("network"));
        };
        document.head.append(script);
      }));
    }
    return loaded.get(address);
  };

  // Bytes [start, end) of the data file. A server that knows no ranges sends all of it: kept, where it is small.
  // Past the browser's cache, in which the ranges of one file wait for each other: 27 s against 5 for one column.
  palu.range = async (start, end, signal) => {
    if (palu.whole) return palu.whole.slice(start, end);
    const headers = { Range: `bytes=${start}-${end - 1}` };
    const answer = await fetch(facts.file, { headers, signal, cache: "no-store" });
    if (answer.status === 206) return answer.arrayBuffer();
    if (!answer.ok) throw new Error("network");
    if (facts.bytes > facts.whole_bytes) {
      await answer.body.cancel();
      throw new Error("ranges");
    }
    palu.whole = await answer.arrayBuffer();
    return palu.whole.slice(start, end);
  };

  // The end of the file says how long its footer is; both come while the reader's script is still on its way.
  palu.footer = () => {
    palu.footing ??= palu.range(facts.bytes - 8, facts.bytes).then((end) => {
      const length = new DataView(end).getUint32(0, true) + 8;
      if (length > facts.bytes) throw new Error("file");
      return palu.range(facts.bytes - length, facts.bytes);
    });
    palu.footing.catch(() => delete palu.footing);
    return palu.footing;
  };

  const find = (name) => document.querySelector(`[data-table="${name}"]`);
  const served = /^https?:$/.test(location.protocol) && "fetch" in window;
  const shown = served ? ["opener", "sql"] : ["needs-server", "sql-needs-server"];
  for (const name of shown) if (find(name)) find(name).hidden = false;
  if (!served) return;

  const explained = (error) => palu.say(["ranges", "file"].includes(error.message) ? `failed_${error.message}` : "failed");
  palu.explained = explained;

  const openTable = async () => {
    const button = find("open");
    const status = find("opening");
    button.disabled = true;
    status.textContent = palu.say("opening");
    try {
      palu.footer().catch(() => {});
      await palu.load(facts.scripts.table);
      await palu.openTable(find("place"));
      find("opener").hidden = true;
      find("preview").hidden = true;
      status.textContent = "";
    } catch (error) {
      status.textContent = explained(error);
      button.disabled = false;
    }
  };
  find("open").addEventListener("click", openTable);
  if (location.hash.startsWith("#tabel?")) openTable();

  const form = find("sql");
  if (!form) return;
  const query = form.querySelector("textarea");
  for (const example of form.querySelectorAll("[data-query]")) {
    example.addEventListener("click", () => {
      query.value = example.dataset.query;
      query.focus();
    });
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const status = form.querySelector("[role=status]");
    try {
      status.textContent = palu.say("opening");
      palu.footer().catch(() => {});
      await palu.load(facts.scripts.table);
      await palu.load(facts.scripts.sql);
    } catch (error) {
      status.textContent = explained(error);
      return;
    }
    palu.runSql(form, query.value);
  });
})();
