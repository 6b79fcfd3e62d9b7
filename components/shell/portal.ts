/** What the shell shows of a business that the person belongs to. */
export interface ShellBusiness {
  /** Its place in the URL: /b/[slug]. */
  slug: string;
  name: string;
  b2bId: string;
}

export interface ShellUser {
  name: string;
  email: string;
}

/** How much waits in each place. Zero, or nothing, shows no number. */
export interface ShellCounts {
  /** Bills that are overdue, or due within 7 days. */
  bills?: number;
  /** Payments made that wait for a second person's approval. */
  toApprove?: number;
  /** Payments received that wait for this business's answer. */
  toConfirm?: number;
}
