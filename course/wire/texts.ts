/**
 * The texts of a recording in which addresses stand, changed all alike: in what
 * was called and in what was printed. The bytes on the wire stay as they are.
 *
 * @module
 */
import type { Recording } from "./recording.ts";

/** The same recordings with these texts changed. What was asked for is changed before what was got. */
export function changeTexts(
  recordings: readonly Recording[],
  change: (text: string) => string,
): Recording[] {
  const changed = structuredClone(recordings); // a call's start and end stay one call
  for (const moment of changed.flatMap(({ moments }) => moments)) {
    const names = moment.type === "start"
      ? ["address"]
      : ["local", "remote", "from", "text"];
    changeIn("call" in moment ? moment.call : moment, names, change);
    const error = moment.type === "end" ? moment.call.error : undefined;
    if (error) changeIn(error, ["message"], change);
  }
  return [...changed];
}

function changeIn(
  owner: object,
  names: readonly string[],
  change: (text: string) => string,
): void {
  for (const name of names) {
    const value: unknown = Reflect.get(owner, name);
    if (typeof value === "string") Reflect.set(owner, name, change(value));
  }
}
