/**
 * Errors in words: what went wrong outside of a program, on one line.
 *
 * @module
 */

/** A program was called the wrong way: thrown by a lesson, it ends the program with its message, the usage line and exit code 2. */
export class UsageError extends Error {
  /** `UsageError`. */
  override name = "UsageError";
}

/**
 * Says in plain words what an error from outside means.
 *
 * A module that has errors of its own says which of them the outside can cause:
 * they have a property `isFromOutside` that is `true`. Their line is the
 * address and their message.
 *
 * @param error What was thrown.
 * @param about The address that it is about, such as `127.0.0.1:8001`.
 * @returns One line, or `undefined` for an error of the program itself.
 */
export function explain(error: unknown, about: string): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { errors } = Deno;
  if (error instanceof errors.ConnectionRefused) {
    return `nothing is listening on ${about} (connection refused)`;
  }
  if (error instanceof errors.AddrInUse) {
    return `${about} is taken: another program listens there (address in use)`;
  }
  if (error instanceof errors.AddrNotAvailable) {
    return `${about} is not an address of this machine`;
  }
  if (error instanceof errors.ConnectionReset) {
    return `${about} broke the connection off (connection reset)`;
  }
  if (error instanceof errors.BrokenPipe) {
    return `${about} has closed the connection (broken pipe)`;
  }
  if (error instanceof errors.NotConnected) {
    return "a client was gone before it was accepted (not connected)";
  }
  if (error instanceof errors.PermissionDenied) {
    return `the system does not let this program use ${about} (permission denied); ports below 1024 are kept for its own services`;
  }
  if (error instanceof errors.NotCapable) {
    const [, flag, resource] = error.message.match(
      /Requires (\w+) access to "(.*?)"/,
    ) ?? [, "net", about];
    return `Deno was not allowed to use ${resource}: run it again with --allow-${flag}=${
      flag === "net" ? resource?.replace(/:\d+$/, "") : resource
    }`;
  }
  if ("code" in error && error.code === "EMSGSIZE") {
    return `too many bytes for one datagram to ${about} (message too long)`;
  }
  if (error.message.includes("failed to lookup address information")) {
    return `no such host: ${about}`;
  }
  if ("isFromOutside" in error && error.isFromOutside === true) {
    return `${about}: ${error.message.replaceAll("\n", " ")}`;
  }
  const isPlain = error.constructor === Error || "code" in error;
  return isPlain ? error.message.replaceAll("\n", " ") : undefined;
}

/**
 * {@linkcode explain} for a program whose address is a path.
 *
 * @param path The path that the error is about.
 */
export function explainPath(error: unknown, path: string): string | undefined {
  const { errors } = Deno;
  if (error instanceof errors.AddrInUse) {
    return `${path} is taken: a server listens there, or something was left there (address in use)`;
  }
  if (error instanceof errors.ConnectionRefused) {
    return `nobody listens at ${path} (connection refused)`;
  }
  if (error instanceof errors.NotFound) {
    return `there is no ${path}, or no such folder (not found)`;
  }
  if (error instanceof errors.PermissionDenied) {
    return `the system does not let this program use ${path} (permission denied)`;
  }
  if (error instanceof TypeError && error.message.includes("SUN_LEN")) {
    return `${path} is too long for a Unix socket: some hundred bytes is the most`;
  }
  const line = explain(error, path);
  // What the system says does not name the path.
  const isNameless = line?.includes("(os error ") && !line.includes(path);
  return isNameless ? `${path}: ${line}` : line;
}
