import { useState } from "react";
import type { Payment } from "@/features/payments/api";

export interface SteadyItem {
  payment: Payment;
  /** It waits no more: a colleague, or the business's own software, has answered it. */
  gone: boolean;
}

/** So many who are gone stay: on a page that stands open all day, while software answers, they would bury those who wait. */
const MOST_GONE = 25;

/** As the queue is sorted: the oldest first. */
const isAfter = (one: Payment, other: Payment) =>
  one.createdAt === other.createdAt ? one.objectId > other.objectId : one.createdAt > other.createdAt;

/**
 * The shown list after fresh data came: everyone stays in place, so that nothing moves away under the pointer. Who is gone is only
 * marked, as far as they are not many; what is new stands at the end.
 * @param isPart there are more behind `fresh`: who isn't among it may have moved behind, as when an answer came back, and is not gone
 */
export function mergeSteadily(shown: readonly SteadyItem[], fresh: readonly Payment[], isPart: boolean): SteadyItem[] {
  const byId = new Map(fresh.map((payment) => [payment.objectId, payment]));
  const last = isPart ? fresh.at(-1) : undefined;
  const kept = shown.map((item) => {
    const payment = byId.get(item.payment.objectId);
    byId.delete(item.payment.objectId);
    if (payment) return { payment, gone: false };
    return last && isAfter(item.payment, last) ? item : { ...item, gone: true };
  });
  let surplus = kept.filter(({ gone }) => gone).length - MOST_GONE;
  const steady = kept.filter(({ gone }) => !(gone && surplus-- > 0));
  return [...steady, ...[...byId.values()].map((payment) => ({ payment, gone: false }))];
}

/**
 * A list that is refreshed behind one's back, kept steady until it becomes another list.
 * @param isPart see `mergeSteadily`
 * @param list names the list that `fresh` belongs to (another search is another list); null while it is still the one before
 */
export function useSteadyList(list: string | null, fresh: readonly Payment[], isPart: boolean) {
  const [state, setState] = useState(() => ({ list, fresh, shown: mergeSteadily([], fresh, isPart) }));
  const become = (before: readonly SteadyItem[]) =>
    setState({ list, fresh, shown: mergeSteadily(before, fresh, isPart) });
  if (list !== null && state.list !== list) become([]);
  else if (list !== null && state.fresh !== fresh) become(state.shown);
  /** Takes an answered payment off the list, and with it those that others have answered meanwhile. */
  const forget = (objectId: string) =>
    setState((now) => ({
      ...now,
      shown: now.shown.filter(({ payment, gone }) => !gone && payment.objectId !== objectId),
    }));
  return { shown: state.shown, forget };
}
