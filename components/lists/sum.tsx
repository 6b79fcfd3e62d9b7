import type { ReactNode } from "react";

interface SumProps {
  term: ReactNode;
  /** A line below the amount. */
  detail?: string;
  /** The amount. */
  children: ReactNode;
}

/** One of the sums above a list, within a `dl`: the amount below what it is of, and on a phone beside it. */
export function Sum({ term, detail, children }: SumProps) {
  return (
    <div className="max-sm:flex max-sm:items-baseline max-sm:justify-between max-sm:gap-4">
      <dt className="text-[0.8125rem] text-muted">{term}</dt>
      <dd className="max-sm:text-right sm:mt-0.5">
        {children}
        {detail && <span className="block font-normal text-[0.8125rem] text-muted">{detail}</span>}
      </dd>
    </div>
  );
}
