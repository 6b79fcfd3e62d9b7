/** One way in which people or programs read the books. `run` is the app's own function, with the i-th question of its kind. */
export interface ReadCase {
  name: string;
  group: "invoices" | "payments" | "search" | "parties" | "home" | "activity" | "changes" | "details" | "exports";
  run: (i: number) => Promise<unknown>;
}
