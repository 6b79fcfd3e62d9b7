/**
 * Where in this portal to go next, from an address's `next`. Whatever could lead to another site becomes the home page: browsers read
 * `//host` and `/\host` as another host, and drop tabs and line ends before they read.
 */
export function localPath(next: string | null | undefined): string {
  if (!next?.startsWith("/") || /^\/[/\\]|[\p{Cc}\\]/u.test(next)) return "/";
  // Coming back to the page that sent one away would go round in circles.
  return /^\/(sign-in|choose-password)\b/.test(next) ? "/" : next;
}
