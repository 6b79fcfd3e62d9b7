/**
 * A place in this portal to go on to, as an address's `next` names it. Anything that could lead to another site becomes the home
 * page: a browser reads `//host` and `/\host` as one, and drops tabs and line ends before it reads.
 */
export function localPath(next: string | null | undefined): string {
  if (!next?.startsWith("/") || /^\/[/\\]|[\p{Cc}\\]/u.test(next)) return "/";
  // Coming back to the page that sent one away would go round in circles.
  return /^\/(sign-in|choose-password)\b/.test(next) ? "/" : next;
}
