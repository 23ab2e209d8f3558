/**
 * Files that are whole at every moment, for those who read them meanwhile and
 * for the next start after a full disk or a power cut.
 *
 * @module
 */

/**
 * Writes a file so that what was there stays until all of the new text is. It
 * goes into a draft beside the file, whose name begins with a dot, and the
 * draft takes the file's place.
 *
 * @param options Of the new file. `mode`: who may use it, as in `0o600`.
 * @throws {Deno.errors.NotFound} Where its folder is not there; and whatever else a system says that cannot write.
 */
export async function writeWhole(
  file: URL,
  text: string,
  options: Pick<Deno.WriteFileOptions, "mode"> = {},
): Promise<void> {
  const draft = new URL(`.${crypto.randomUUID()}.tmp`, file);
  try {
    await Deno.writeTextFile(draft, text, { ...options, createNew: true });
    await Deno.rename(draft, file);
  } catch (error) {
    await Deno.remove(draft).catch(() => {});
    throw error;
  }
}
