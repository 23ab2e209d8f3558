/**
 * What is wrong with a deck.
 *
 * @module
 */

/** Something that the deck's author can set right. */
export class Problem extends Error {
  /** `Problem`. */
  override name = "Problem";
}

/** A deck that cannot be built: one line for each problem, `slides/01_single_shot.md:34: …`. */
export class BrokenDeck extends Error {
  /** `BrokenDeck`. */
  override name = "BrokenDeck";

  /** All that is wrong with it. @param problems One line each. */
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}
