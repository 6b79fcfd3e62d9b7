/*
 * Characters that nobody sees: controls, marks that turn the direction of writing around, spaces of no width, and whatever else a font
 * draws nothing for. With them two numbers that look the same are different, and a name can read as another one.
 */

const HIDDEN = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

// In prose some of them can be seen to work: joiners shape letters of Indian and other scripts and join emoji, a selector colours an emoji,
// a line may end. Anywhere else these are hidden, too.
const JOINED = String.raw`(?:(?!\p{Script=Latin})[\p{L}\p{M}]|[\p{Extended_Pictographic}\p{Emoji_Modifier}])`;
const HIDDEN_IN_PROSE = new RegExp(
  [
    String.raw`(?<!${JOINED})[\u200c\u200d]`,
    String.raw`[\u200c\u200d](?!${JOINED})`,
    String.raw`(?<!\p{Extended_Pictographic})\ufe0f`,
    String.raw`(?![\u200c\u200d\ufe0f\t\n\r])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]`,
  ].join("|"),
  "u",
);

/** A check of a zod schema. */
interface Check {
  isVisible: (text: string) => boolean;
  /** Where the first hidden character is, in words for whoever typed or pasted it; nothing else is said of that text. */
  words: { abort: true; error: (issue: { input?: unknown }) => string };
}

const checkFor = (hidden: RegExp): Check => ({
  isVisible: (text) => !hidden.test(text),
  words: {
    abort: true,
    error: ({ input }) => {
      const text = String(input);
      const before = text.slice(0, text.search(hidden)).slice(-20);
      const where = before.trim() === "" ? "at the beginning of this" : `after “${before}”`;
      return `There is a character ${where} that can't be seen, perhaps from copying. Type it anew.`;
    },
  },
});

/** For numbers and references, which are compared character by character. */
export const inNumber = checkFor(HIDDEN);

/** For names and what people write to each other. */
export const inProse = checkFor(HIDDEN_IN_PROSE);
