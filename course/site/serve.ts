/**
 * Starts the course's server where it was before: a page that is still open
 * goes on when the server is started again.
 *
 * @module
 */
import { startReaper } from "../../kit/reaper.ts";
import { plain } from "../../kit/plain.ts";
import { makeToken } from "../browser/page_server.ts";
import { KeptFile } from "../kept_file.ts";
import { UserError } from "../user/error.ts";
import { CourseServer } from "./server.ts";

/** Where a server was. */
interface Place {
  readonly port: number;
  readonly token: string;
}

const NOWHERE: Place = { port: 0, token: "" };

/**
 * Serves the course until the program ends.
 *
 * @param wanted Which port; the one that it had before, or a free one, unless told otherwise.
 * @param onReady Hears the address of the home page when it can be visited.
 * @throws {UserError} Where the wanted port is taken.
 */
export async function serveCourse(
  wanted: number | undefined,
  onReady: (address: string) => void,
): Promise<void> {
  startReaper();
  // What goes wrong behind one page must not take the course from the others.
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    console.error(`error: ${plain(String(event.reason))}`);
  });
  const file = new KeptFile<Place>("site", parse, NOWHERE);
  const before = await file.read();
  const token = before.token === "" ? makeToken() : before.token;
  await using server = start(wanted, before.port, token);
  const port = Number(new URL(server.address).port);
  // Where another one runs already, pages are to find that one again.
  const isSecond = wanted === undefined && ![0, port].includes(before.port);
  if (!isSecond) await file.change(() => ({ port, token }));
  onReady(server.address);
  server.watch(); // where the system watches no more files, pages are as they were
  await server.finished;
}

function start(
  wanted: number | undefined,
  before: number,
  token: string,
): CourseServer {
  try {
    return new CourseServer(wanted ?? before, token);
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    if (wanted === undefined) return new CourseServer(0, token);
    throw new UserError(
      `127.0.0.1:${wanted} is taken: another program listens there (address in use)`,
      1,
    );
  }
}

function parse(value: unknown): Place | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { port, token }: { port?: unknown; token?: unknown } = value;
  const isPlace = typeof port === "number" && typeof token === "string" &&
    Number.isInteger(port) && port >= 0 && port <= 65535 &&
    /^[0-9a-f]{32}$/.test(token);
  return isPlace ? { port, token } : undefined;
}
