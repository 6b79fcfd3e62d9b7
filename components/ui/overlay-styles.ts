/** The darkened page behind a dialog or drawer. */
export const scrimStyles =
  "fixed inset-0 z-40 bg-scrim data-[state=open]:animate-fade-in data-[state=closed]:animate-fade-out";

/** What floats above the page beside its trigger: menus. */
export const floatingStyles =
  "z-50 rounded-lg border border-line bg-raised text-ink shadow-lg outline-none data-[state=open]:animate-pop-in data-[state=closed]:animate-fade-out";
