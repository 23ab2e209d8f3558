/**
 * What is said of a path that had too wide rights.
 *
 * @module
 */

/** Stands in a line of its own before the mode, in octal, that a path had when it was made narrow. */
export const WAS_WIDE = "before chmod the path had the mode 0";
