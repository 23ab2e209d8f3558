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

/** Writes an address as people read it: `127.0.0.1:8001`, `[::1]:8001`, or the path of a Unix socket. */
export function formatAddress(address: Deno.Addr | Address): string {
  if ("path" in address) return address.path;
  if ("cid" in address) return `vsock:${address.cid}:${address.port}`;
  const { hostname, port } = address;
  return hostname.includes(":")
    ? `[${hostname}]:${port}`
    : `${hostname}:${port}`;
}
