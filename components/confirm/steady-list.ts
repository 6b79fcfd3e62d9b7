import { useState } from "react";
import type { Payment } from "@/features/payments/api";

export interface SteadyItem {
  payment: Payment;
  /** It waits no more: a colleague, or the business's own software, has answered it. */
  gone: boolean;
}

/**
 * The shown list after fresh data came: everyone stays in place, so that nothing moves away under the pointer. Who is gone is only
 * marked, what is new stands at the end.
 */
export function mergeSteadily(shown: readonly SteadyItem[], fresh: readonly Payment[]): SteadyItem[] {
  const byId = new Map(fresh.map((payment) => [payment.objectId, payment]));
  const kept = shown.map((item) => {
    const payment = byId.get(item.payment.objectId);
    byId.delete(item.payment.objectId);
    return payment ? { payment, gone: false } : { ...item, gone: true };
  });
  return [...kept, ...[...byId.values()].map((payment) => ({ payment, gone: false }))];
}

/**
 * A list that is refreshed behind one's back, kept steady until it becomes another list.
 * @param list names the list that `fresh` belongs to (another search is another list); null while it is still the one before
 */
export function useSteadyList(list: string | null, fresh: readonly Payment[]) {
  const [state, setState] = useState(() => ({ list, fresh, shown: mergeSteadily([], fresh) }));
  if (list !== null && state.list !== list) setState({ list, fresh, shown: mergeSteadily([], fresh) });
  else if (list !== null && state.fresh !== fresh) setState({ list, fresh, shown: mergeSteadily(state.shown, fresh) });
  /** Takes an answered payment off the list, and with it those that others have answered meanwhile. */
  const forget = (objectId: string) =>
    setState((now) => ({
      ...now,
      shown: now.shown.filter(({ payment, gone }) => !gone && payment.objectId !== objectId),
    }));
  return { shown: state.shown, forget };
}
