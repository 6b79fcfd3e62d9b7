import type { ReactNode } from "react";
import { Alert } from "@/components/ui/alert";
import type { PayWarning } from "@/features/payments/warnings";

/** A warning as it is shown: its words may hold links. */
export interface ShownWarning extends Omit<PayWarning, "words"> {
  words?: ReactNode;
}

/** What is unusual about a payment, one below the other. */
export function WarningList({ warnings }: { warnings: readonly (ShownWarning | null)[] }) {
  return warnings.map(
    (warning) =>
      warning && (
        <Alert key={warning.title} tone={warning.tone} title={warning.title} live>
          {warning.words}
        </Alert>
      ),
  );
}
