/**
 * The box of every text-like control. 16 px text on phones, or Safari zooms into the field.
 * The border, not a shadow, marks the control: it has 3:1 contrast in both themes.
 */
export const controlStyles = [
  "h-10 w-full min-w-0 rounded-md border border-control bg-surface px-3 text-base text-ink shadow-xs sm:h-9 sm:text-sm",
  "placeholder:text-muted/80",
  "transition-[border-color,box-shadow] duration-100",
  "focus-visible:border-accent focus-visible:outline-offset-0",
  "aria-invalid:border-danger aria-invalid:focus-visible:outline-danger",
  "disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-muted",
  "[&[readonly]]:bg-sunken",
].join(" ");
