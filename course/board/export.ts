/**
 * The board's reports as a table, for other programs.
 *
 * @module
 */
import type { Report } from "../class/report.ts";
import { cellOf } from "../user/csv.ts";
import type { Store } from "./store.ts";

/** A report as it leaves the board. */
export interface Row extends Report {
  /** The nickname. */
  readonly learner: string;
}

/** All reports, in the order in which they came. */
export function* rowsOf(store: Store): Generator<Row> {
  const names = new Map(store.learners().map(({ id, name }) => [id, name]));
  for (const { learner, report } of store.reports()) {
    yield { learner: names.get(learner) ?? "", ...report };
  }
}

const COLUMNS = [
  "learner",
  "lesson",
  "at",
  "attempt",
  "passed",
  "isWhole",
  "failed",
  "misunderstanding",
] as const;

/** All reports as CSV (RFC 4180), the times as ISO 8601. */
export function exportCsv(store: Store): string {
  const lines = [COLUMNS.join(",")];
  for (const row of rowsOf(store)) {
    const time = new Date(row.at).toISOString();
    lines.push(
      COLUMNS.map((name) => cellOf(name === "at" ? time : row[name])).join(","),
    );
  }
  return `${lines.join("\r\n")}\r\n`;
}

/** All reports as an array of JSON, the times as ISO 8601. */
export function exportJson(store: Store): string {
  const rows = [...rowsOf(store)].map(({ id: _, at, ...row }) => ({
    ...row,
    at: new Date(at).toISOString(),
  }));
  return `${JSON.stringify(rows, null, 2)}\n`;
}
