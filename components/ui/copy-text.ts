/** What people are told where copying fails. */
export const COPY_REFUSED = "The browser does not let the portal copy.";

/** Puts text on the clipboard. False where the browser refuses: plain http on another host, or no permission. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
