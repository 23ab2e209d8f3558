/**
 * A language of highlight.js: nothing of it is used but to hand it on.
 *
 * @module
 */

declare const language: unknown;
export default language;
