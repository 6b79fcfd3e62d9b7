import "server-only";
import { Prisma } from "@/lib/generated/prisma/client";

/** A search looks at this many words at most. */
const MOST_WORDS = 5;

/**
 * A condition that every word of a search stands somewhere in `text`: SQL that gives `searchable(…)` text between blanks, with a
 * trigram index. Words of one or two letters, which trigrams can't find inside others, are looked up as beginnings of words.
 * The usual signs stand for blanks on both sides, so that `KM/26` finds KM-26.
 * @returns null when no letter or digit is asked for: nothing is found then
 */
export function matchesWords(text: string, search: string): Prisma.Sql | null {
  const words = search
    .replaceAll("\0", "")
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, MOST_WORDS);
  if (words.length === 0) return null;
  const conditions = words.map((word) => {
    const short = [...word].length < 3;
    const within = short ? word.replace(/[^\p{L}\p{N}]/gu, "") : word.replace(/[\\%]/g, "\\$&");
    return Prisma.sql` AND ${Prisma.raw(text)} LIKE ${short ? "% " : "%"} || public.searchable(${within}) || '%'`;
  });
  return Prisma.join(conditions, "");
}
