/**
 * What is chosen or current where the system's own colours are the only ones (high contrast): a tinted background is not drawn there, and
 * it would look like the rest.
 */
export const chosenInForcedColors =
  "forced-colors:bg-[Highlight] forced-colors:text-[HighlightText] forced-colors:forced-color-adjust-none";
