import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { forgetChosen } from "@/components/invoices/chosen-bills";
import { useTabStorage } from "@/components/ui/tab-storage";
import { paymentQuery } from "@/features/payments/client";
import { ProblemError } from "@/lib/http/client";

/** Said to whoever comes to a payment's page instead of its form. */
export const SENT_ALREADY = "This payment had been sent already.";

/** How the payment of a draft is opened; `key` is the draft's, which is done with then, as is the choice of the bills `asked` for. */
export function useOpenIfMade(business: string, key: string, asked: readonly string[]) {
  const router = useRouter();
  const client = useQueryClient();
  const tab = useTabStorage();

  function open(objectId: string): void {
    tab.drop(key);
    forgetChosen(tab, business, asked);
    router.replace(`/b/${business}/payments/${objectId}`);
  }

  /** Goes to the payment's page when the payment is there. */
  async function openIfMade(objectId: string): Promise<boolean> {
    try {
      await client.fetchQuery({ ...paymentQuery(business, objectId), staleTime: 0 });
    } catch (error) {
      // Not there: it never arrived. Not known: sending it again under the same id is safe in either case.
      if (error instanceof ProblemError) return false;
      throw error;
    }
    open(objectId);
    return true;
  }

  return { open, openIfMade };
}
