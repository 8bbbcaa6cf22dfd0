/**
 * Characters that are not seen, or that turn the order of what stands around them: with them a path, a name or a command
 * could show as another. Controls, joiners and direction marks, fillers, tags and the selectors that can carry text.
 */
// oxlint-disable-next-line no-control-regex, no-misleading-character-class
const HIDDEN = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFE00-\uFE0E\uFEFF\uFFA0\uFFF9-\uFFFB]|[\u{1D173}-\u{1D17A}]|[\u{E0000}-\u{E0FFF}]/gu;

/** The text with hidden characters written out, wherever somebody decides by reading it. */
export function revealed(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(HIDDEN, (hidden) => `⟨U+${hidden.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}⟩`);
}
