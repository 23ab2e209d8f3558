/**
 * What is wrong with a figure.
 *
 * @module
 */

/** Something that the figure's author can set right. */
export class FigureProblem extends Error {
  /** `FigureProblem`. */
  override name = "FigureProblem";
}
