/**
 * Deno's errors, made from Node's.
 *
 * @module
 */

/** Deno's classes, by their names, and the system's names for what they mean. */
const CODES = {
  AddrInUse: "EADDRINUSE",
  AddrNotAvailable: "EADDRNOTAVAIL",
  AlreadyExists: "EEXIST",
  BadResource: "EBADF",
  BrokenPipe: "EPIPE",
  ConnectionRefused: "ECONNREFUSED",
  ConnectionReset: "ECONNRESET",
  Interrupted: "EINTR",
  NotCapable: "ENOTCAPABLE",
  NotConnected: "ENOTCONN",
  NotFound: "ENOENT",
  PermissionDenied: "EACCES",
} as const;

type Name = keyof typeof CODES;

/** A class of errors. */
type ErrorClass = new (message?: string) => Error;

function makeClass(name: string): ErrorClass {
  return class extends Error {
    override name = name;
  };
}

/** `Deno.errors`, as far as the lessons ask for them. */
export const errors: Readonly<Record<Name, ErrorClass>> = {
  AddrInUse: makeClass("AddrInUse"),
  AddrNotAvailable: makeClass("AddrNotAvailable"),
  AlreadyExists: makeClass("AlreadyExists"),
  BadResource: makeClass("BadResource"),
  BrokenPipe: makeClass("BrokenPipe"),
  ConnectionRefused: makeClass("ConnectionRefused"),
  ConnectionReset: makeClass("ConnectionReset"),
  Interrupted: makeClass("Interrupted"),
  NotCapable: makeClass("NotCapable"),
  NotConnected: makeClass("NotConnected"),
  NotFound: makeClass("NotFound"),
  PermissionDenied: makeClass("PermissionDenied"),
};

/** An error of Node's as Deno would throw it: one without a class there keeps its code. */
export function translate(error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  const { code, message } = error;
  for (const [name, Class] of Object.entries(errors)) {
    const codes: Readonly<Record<string, string>> = CODES;
    if (codes[name] === code) {
      return Object.assign(new Class(message), { code });
    }
  }
  return Object.assign(new Error(message), { code });
}

/** Waits for something, and throws its errors as Deno's. */
export async function translated<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw translate(error);
  }
}

/** An error for one of the system's numbers, as `node:util` names it. */
export function systemError(code: string, what: string): unknown {
  return translate(Object.assign(new Error(`${what} ${code}`), { code }));
}
