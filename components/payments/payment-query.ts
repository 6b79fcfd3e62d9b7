import { queryOf, type SearchParams } from "@/components/lists/search-params";
import { PAYMENT_STATUSES, type PaymentQuery, type PaymentSideName, paymentQuerySchema } from "@/features/payments/api";
import { isVoid } from "@/features/payments/words";

/** What a list's filter by status has besides the statuses themselves: all but what was rejected or has failed. */
export const STANDING = "standing";

export const STATUS_FILTERS = [...PAYMENT_STATUSES, STANDING] as const;
export type StatusFilter = (typeof STATUS_FILTERS)[number];

const STANDING_STATUSES = PAYMENT_STATUSES.filter((status) => !isVoid({ status }));

/** The statuses that a filter stands for, as the API is asked for them. */
export const statusesOf = (chosen: StatusFilter) => (chosen === STANDING ? STANDING_STATUSES : chosen);

/** The list's query that the page's address asks for. */
export async function paymentQueryOf(side: PaymentSideName, searchParams: SearchParams): Promise<PaymentQuery> {
  const { status, ...others } = await searchParams;
  const asked = status === STANDING ? { ...others, status: STANDING_STATUSES } : { ...others, status };
  return queryOf(paymentQuerySchema, { side }, Promise.resolve(asked));
}

/** The same as the list itself will ask for it. */
export const asListed = <Query extends Pick<PaymentQuery, "status">>({ status, ...query }: Query) => ({
  ...query,
  status: status?.length === 1 ? status[0] : status,
});
