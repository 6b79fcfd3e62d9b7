/**
 * How a search goes into the browser's history: one that is typed on takes the place of what was typed before, so that one step back leads
 * to the list as it was before anything was searched for.
 */
export function searchHistory(before: string, after: string): { history: "push" | "replace" } {
  return { history: before && after ? "replace" : "push" };
}
