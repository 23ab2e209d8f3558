/**
 * Cells of CSV (RFC 4180), for spreadsheets.
 *
 * @module
 */

/** A value as a cell. A spreadsheet takes some beginnings for a formula: an apostrophe makes it a text again. */
export function cellOf(value: string | number | boolean | undefined): string {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
