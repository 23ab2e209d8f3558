/**
 * Addresses: as the socket calls take them, and as people read them.
 *
 * @module
 */

/** Where a server listens and a client connects: what `Deno.listen` and `Deno.connect` take. */
export interface Address {
  /** An IP address or a host name; `127.0.0.1`, this machine alone, unless `--host` says otherwise. */
  hostname: string;
  /** A port, 0 to 65535; 0 asks the system for a free one (servers only). */
  port: number;
}

/** The path of a Unix socket, where processes of one machine meet: the same calls take it. */
export interface PathAddress {
  /** What tells it from an address of the network. */
  transport: "unix";
  /** A path in the file system, about 100 bytes at most. */
  path: string;
}

/** An address of the network, or a path. */
export type Place = Address | PathAddress;

/** Writes an address as people read it: `127.0.0.1:8001`, `[::1]:8001`, or the path of a Unix socket. */
export function formatAddress(
  address: Deno.Addr | Place,
): string {
  // The connecting end of a Unix socket has no path, whatever the type says.
  if ("path" in address) return address.path ?? "(no address)";
  if ("cid" in address) return `vsock:${address.cid}:${address.port}`;
  const { hostname, port } = address;
  return hostname.includes(":")
    ? `[${hostname}]:${port}`
    : `${hostname}:${port}`;
}
