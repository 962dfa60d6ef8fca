// The Parquet file behind the page: which rows and columns stand where, what they would cost, and their values.
(() => {
  "use strict";
  const palu = window.palu;
  const { parquetMetadata, parquetRead, zstd } = window.PaluParquet;
  const AT_ONCE = 6; // a browser opens no more connections to one host
  const MOST_CELLS = 12_000_000; // kept decoded, the longest unused given up first: a phone's memory is small
  const parsers = { dateFromDays: (day) => day, timestampFromMicroseconds: (micros) => Number(micros) };
  const compressors = { ZSTD: (input, length) => zstd(input, new Uint8Array(length)) };

  // Run `task` over `items`, a few at a time.
  palu.each = async (items, task) => {
    let next = 0;
    const worker = async () => {
      while (next < items.length) await task(items[next++]);
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  };

  const placed = (metadata) => {
    let start = 0;
    return metadata.row_groups.map((group, number) => {
      const rows = Number(group.num_rows);
      const chunks = new Map(group.columns.map((chunk) => [chunk.meta_data.path_in_schema[0], chunk.meta_data]));
      start += rows;
      return { number, start: start - rows, rows, chunks };
    });
  };

  const read = async () => {
    const footer = await palu.footer();
    let metadata;
    try {
      metadata = parquetMetadata(footer, { parsers, geoparquet: false });
    } catch {
      throw new Error("file");
    }
    return opened(metadata);
  };

  palu.openFile = () => {
    palu.opened ??= read();
    palu.opened.catch(() => delete palu.opened);
    return palu.opened;
  };

  const opened = (metadata) => {
    const groups = placed(metadata);
    const kept = new Map(); // "group name" -> values; in the order of their last use
    let cells = 0;

    const keep = (key, values) => {
      kept.set(key, values);
      cells += values.length;
      for (const [oldest, old] of kept) {
        if (cells <= MOST_CELLS || oldest === key) return;
        kept.delete(oldest);
        cells -= old.length;
      }
    };

    const use = (key) => {
      const values = kept.get(key);
      kept.delete(key);
      kept.set(key, values);
      return values;
    };

    const fetched = async (group, names, signal, onBytes) => {
      const columns = new Map(names.map((name) => [name, new Array(group.rows).fill(null)]));
      const slice = async (start, end) => {
        const bytes = await palu.range(start, end, signal);
        onBytes(end - start);
        return bytes;
      };
      await parquetRead({
        file: { byteLength: palu.facts.bytes, slice },
        metadata, compressors, parsers, geoparquet: false,
        columns: names,
        rowStart: group.start,
        rowEnd: group.start + group.rows,
        onChunk: ({ columnName, columnData, rowStart }) => {
          const values = columns.get(columnName);
          for (let i = 0; i < columnData.length; i++) values[rowStart - group.start + i] = palu.cell(columnData[i]);
        },
      });
      return columns;
    };

    // The values of some columns of one group, by name.
    const rows = async (group, names, { signal, onBytes = () => {} } = {}) => {
      const found = new Map();
      const wanted = names.filter((name) => !kept.has(`${group.number} ${name}`));
      for (const name of names) if (!wanted.includes(name)) found.set(name, use(`${group.number} ${name}`));
      if (wanted.length) {
        for (const [name, values] of await fetched(group, wanted, signal, onBytes)) {
          found.set(name, values);
          keep(`${group.number} ${name}`, values);
        }
      }
      return found;
    };

    // Bytes that reading these columns of these groups would download.
    const cost = (names, among) => {
      let bytes = 0;
      for (const group of among) {
        for (const name of names) {
          if (!kept.has(`${group.number} ${name}`)) bytes += Number(group.chunks.get(name).total_compressed_size);
        }
      }
      return bytes;
    };

    // The least and the greatest value of a column in a group; null where the file does not say.
    const bounds = (group, name) => {
      const { min_value: least, max_value: most } = group.chunks.get(name).statistics || {};
      return least === undefined || most === undefined ? null : [palu.cell(least), palu.cell(most)];
    };

    const groupOf = (row) => {
      let [low, high] = [0, groups.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (groups[middle].start <= row) low = middle;
        else high = middle - 1;
      }
      return groups[low];
    };

    return { groups, rows, cost, bounds, groupOf, length: Number(metadata.num_rows) };
  };
})();
