/** Gives the focus to the page itself, where what had it goes: a keyboard would else begin at the top of the browser. */
export function focusMain(options?: FocusOptions): void {
  document.getElementById("main")?.focus(options);
}
