import { Alert } from "@/components/ui/alert";
import type { AccountChange } from "@/features/counterparties/api";
import { formatDate } from "@/lib/time";

interface AccountChangeNoticeProps {
  change: AccountChange | null;
  className?: string;
}

/** Warns whoever is about to pay that a party's account is a new one: the commonest way to steal a payment is a letter that says so. */
export function AccountChangeNotice({ change, className }: AccountChangeNoticeProps) {
  if (!change) return null;
  const { at, by, isFirst } = change;
  return (
    <Alert
      tone="warning"
      title={`This account was ${isFirst ? "entered" : "changed"} on ${formatDate(new Date(at))} by ${by}`}
      {...(className && { className })}
    >
      Call the supplier on a number you know before you pay.
    </Alert>
  );
}
