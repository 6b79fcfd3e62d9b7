import { Fragment } from "react";
import { TextLink } from "@/components/ui/text-link";
import type { TakenBy } from "@/features/payments/form";
import { formatRupees, paise } from "@/lib/money";
import { formatDate } from "@/lib/time";

/** Payments, each by its amount and day, as links to their pages. */
export function TakenLinks({ business, payments }: { business: string; payments: readonly TakenBy[] }) {
  return payments.map(({ objectId, totalPaise, paidAt }, index) => (
    <Fragment key={objectId}>
      {index > 0 && ", "}
      <TextLink href={`/b/${business}/payments/${objectId}`}>
        {formatRupees(paise(totalPaise))} of {formatDate(new Date(paidAt))}
      </TextLink>
    </Fragment>
  ));
}
