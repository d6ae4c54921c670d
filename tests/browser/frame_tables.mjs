// The tables of bench_frames.mjs as docs/ui.md shows them.

const line = (cells) => `| ${cells.join(" | ")} |\n`;
const table = (head, rows) => line(head) + `|${"---|".repeat(head.length)}\n` + rows.map(line).join("");

// Times are medians in ms. `native` may be missing.
export function frame_table({ between, computed, paint, native }) {
  const rows = [
    ["from one frame to the next (60 Hz: 16.7 ms)", `${between.toFixed(1)} ms`],
    ["computing a frame in the page", `${computed.toFixed(1)} ms`],
    ["processor time to paint it", `${paint.toFixed(0)} ms`],
  ];
  if (native !== undefined) rows.push(["computing a frame natively", `${native.toFixed(2)} ms`]);
  return table(["10,000 rows open and scrolled, 1280 × 800", "median"], rows);
}

export const query_words = {
  "cross join": "a cross join",
  "plain recursion": "a plain recursion",
  "big sort": "a sort of 500,000 numbers",
  "big sort of texts": "a sort of 90,000 texts",
  "big group by": "GROUP BY over 400,000 rows, which sorts too",
};

// `pauses` holds the longest pause in ms by the name of the query.
export function pause_table(pauses) {
  return table(["query that spends its whole budget", "longest pause of the page"],
    Object.entries(query_words).map(([name, words]) => [words, `${pauses[name].toFixed(0)} ms`]));
}
