export const tabListStyles = "flex gap-1 overflow-x-auto border-line border-b";

/** One tab: active by `data-state` (Radix) or by `aria-current` (links). */
export const tabStyles = [
  "-mb-px inline-flex h-10 shrink-0 items-center gap-1.5 whitespace-nowrap border-transparent border-b-2 px-3 font-medium text-muted",
  "hover:text-ink focus-visible:-outline-offset-2",
  "data-[state=active]:border-accent data-[state=active]:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink",
].join(" ");
