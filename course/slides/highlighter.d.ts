/**
 * What is used of highlight.js's core, which comes without types.
 *
 * @module
 */

declare const highlighter: {
  registerLanguage(name: string, language: unknown): void;
  highlight(code: string, how: { language: string }): { value: string };
};
export default highlighter;
