/**
 * Standing in front of a call.
 *
 * @module
 */

/** Puts a function in another's place so that nothing shows: not when the object is printed, nor in a loop over it. */
export function replace(owner: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(owner, key, {
    value,
    writable: true,
    configurable: true,
    enumerable: Object.getOwnPropertyDescriptor(owner, key)?.enumerable ??
      false,
  });
}
