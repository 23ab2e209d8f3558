/** What {@linkcode parseArgs} is told about the flags; the part of the original's options that the course uses. */
export interface ParseOptions<
  TBooleans extends string = string,
  TStrings extends string = string,
> {
  /** Flags without a value: present is `true`, absent `false`. */
  boolean?: readonly TBooleans[];
  /** Flags whose value stays a string; `"_"` keeps the words that are no flags as strings too. */
  string?: readonly TStrings[];
  /** Called for each argument that is not declared; `false` leaves it out of the result. */
  unknown?: (arg: string, key?: string, value?: unknown) => unknown;
  /** `true` takes every argument from the first that is no flag on as it stands. */
  stopEarly?: boolean;
  /** `true` puts what follows `--` under the key `"--"` instead of `_`. */
  "--"?: boolean;
}

/** What {@linkcode parseArgs} returns. */
export type Args<
  TBooleans extends string = never,
  TStrings extends string = never,
> =
  & { _: Array<string | number>; "--"?: string[] }
  & { [K in TBooleans]: boolean }
  & { [K in Exclude<TStrings, "_">]?: string };

/** Sorts command-line arguments into flags and words. */
export function parseArgs<
  const TBooleans extends string = never,
  const TStrings extends string = never,
>(
  args: string[],
  options?: ParseOptions<TBooleans, TStrings>,
): Args<TBooleans, TStrings>;
