/** Turns colour on or off for every function of this module. */
export function setColorEnabled(value: boolean): void;
/** Tells whether colour is on. `NO_COLOR` in the environment turns it off. */
export function getColorEnabled(): boolean;
/** Makes text bold. */
export function bold(str: string): string;
/** Makes text dim. */
export function dim(str: string): string;
/** Makes text red. */
export function red(str: string): string;
/** Makes text green. */
export function green(str: string): string;
/** Makes text yellow. */
export function yellow(str: string): string;
/** Makes text blue. */
export function blue(str: string): string;
/** Makes text magenta. */
export function magenta(str: string): string;
/** Makes text cyan. */
export function cyan(str: string): string;
/** Removes ANSI escape codes from text. */
export function stripAnsiCode(string: string): string;
