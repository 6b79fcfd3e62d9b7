import "server-only";
import { Prisma } from "@/lib/generated/prisma/client";

/** A search looks at this many words at most. */
const MOST_WORDS = 5;

/** How many letters of a long word are looked up: enough to leave few rows, and each letter more costs a look at a long list. */
const LOOKED_UP = 6;

/** The end of the last long run of letters and digits, of a word that is longer than that: of F0/23-11/0007189 it is 007189. */
function endOf(word: string): string | undefined {
  const run = [...(word.match(/[\p{L}\p{N}]{6,}/gu)?.at(-1) ?? "")];
  return run.length > 0 && [...word].length > LOOKED_UP ? run.slice(-LOOKED_UP).join("") : undefined;
}

/**
 * What is looked for, as it was typed and in the form that names are kept in: some keyboards write ड़ as one character, others as two.
 * Numbers are kept as they were typed.
 */
export const searchForms = (search: string): string[] => [...new Set([search, search.normalize("NFC")])];

/**
 * A condition that every word of a search stands somewhere in `text`: SQL that gives `searchable(…)` text between blanks, with a
 * trigram index. Words of one or two letters, which trigrams can't find inside others, are looked up as beginnings of words.
 * The usual signs stand for blanks on both sides, so that `KM/26` finds KM-26. A long word is looked up by its end, and then compared
 * whole.
 * @returns null when no letter or digit is asked for: nothing is found then
 */
export function matchesWords(text: string, search: string): Prisma.Sql | null {
  const words = search
    .replaceAll("\0", "")
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, MOST_WORDS);
  if (words.length === 0) return null;
  const column = Prisma.raw(text);
  const conditions = words.map((word) => {
    const forms = searchForms(word).map((form) => standsIn(column, form));
    return Prisma.sql` AND (${Prisma.join(forms, " OR ")})`;
  });
  return Prisma.join(conditions, "");
}

function standsIn(column: Prisma.Sql, word: string): Prisma.Sql {
  const end = endOf(word);
  if (end)
    return Prisma.sql`${column} LIKE '%' || public.searchable(${end}) || '%' AND strpos(${column}, public.searchable(${word})) > 0`;
  const short = [...word].length < 3;
  const within = short ? word.replace(/[^\p{L}\p{N}]/gu, "") : word.replace(/[\\%]/g, "\\$&");
  return Prisma.sql`${column} LIKE ${short ? "% " : "%"} || public.searchable(${within}) || '%'`;
}
