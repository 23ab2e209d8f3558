/**
 * Whether a name that a stranger sent is the name of a file in one folder, and nothing else.
 *
 * @module
 */

/** The longest name that file systems take, in bytes of UTF-8. */
const LONGEST = 255;

/** Names that mean a device on Windows, whatever stands after a dot ("Naming Files, Paths, and Namespaces" in Microsoft's documentation). */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³]) *(\.|$)/i;

/**
 * Characters that cannot be seen, or that turn the order of others round: two
 * names that look the same would be two files. The two joiners, U+200C and
 * U+200D, are none: words of some languages and pictures need them.
 */
const UNSEEN = /[\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u;

/** How the name of every temporary file of {@linkcode temporaryName} looks. */
const TEMPORARY = /^\.receiving-[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\.part$/i;

/** A name is refused. The message says why and can be sent to whoever gave it. */
export class FileNameError extends Error {
  /** `FileNameError`. */
  override name = "FileNameError";
  /** The outside can cause it: it is no bug of the program. */
  readonly isFromOutside = true;
}

/**
 * Lets a name pass that is a plain file name on every system, and refuses all
 * others.
 *
 * It looks at the name alone. What stands under it in the folder, a link for
 * example, is another question.
 *
 * @returns The name as it was given.
 * @throws {FileNameError} Where it is no text, is empty or longer than 255
 * bytes, has a `/`, `\`, `:`, a control character or one that is not seen in
 * it, is `.` or `..`, ends in a dot or a space, means a device on Windows, or
 * is a name that {@linkcode temporaryName} gives.
 */
export function checkFileName(name: unknown): string {
  if (typeof name !== "string") {
    throw new FileNameError("the name is not a text");
  }
  const refuse = (why: string) =>
    new FileNameError(`the name ${quoteName(name)} ${why}`);
  if (name === "") throw new FileNameError("the name is empty");
  if (new TextEncoder().encode(name).length > LONGEST) {
    throw refuse(`is longer than ${LONGEST} bytes`);
  }
  if (!name.isWellFormed()) throw refuse("is not Unicode");
  if (/[/\\:]/.test(name)) throw refuse("leads elsewhere: no / \\ or : in it");
  if (/\p{Cc}/u.test(name)) throw refuse("has a control character in it");
  if (UNSEEN.test(name)) throw refuse("has a character in it that is not seen");
  if (/[. ]$/.test(name)) throw refuse("ends in a dot or a space");
  if (DEVICE.test(name)) throw refuse("is a device on some systems");
  if (isTemporary(name)) throw refuse("is kept for temporary files");
  return name;
}

/** A new name for a file that is not whole yet: hidden, and never one that {@linkcode checkFileName} lets pass. */
export function temporaryName(): string {
  return `.receiving-${crypto.randomUUID()}.part`;
}

/** Whether a name is one of those that {@linkcode temporaryName} gives. */
export function isTemporary(name: string): boolean {
  return TEMPORARY.test(name);
}

/** The last part of a path: its name without the folders. */
export function baseName(path: string): string {
  const separator = Deno.build.os === "windows" ? /[/\\]/ : "/";
  return path.split(separator).findLast((part) => part !== "") ?? "";
}

/** A name between quotes, cut short, and safe to print: what a terminal would obey is not in it. */
function quoteName(name: string): string {
  const text = JSON.stringify(
    name.length > 60 ? `${name.slice(0, 60)}…` : name,
  );
  return text.replace(/[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu, "?");
}
