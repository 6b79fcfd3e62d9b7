"use client";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { Payment } from "@/features/payments/api";
import { amountInBank, answerRefusedWords } from "@/features/payments/words";
import { formatRupees, paise } from "@/lib/money";

interface CameBackProps {
  payments: readonly Payment[];
  onSelect: (objectId: string) => void;
}

/** Answers that the buyers' side refused: they are to be given again, before anything else. */
export function CameBack({ payments, onSelect }: CameBackProps) {
  if (payments.length === 0) return null;
  const [title, again] =
    payments.length === 1
      ? ["An answer came back", "Please answer again."]
      : [`${payments.length} answers came back`, "Please answer these again."];
  return (
    <Alert tone="danger" live title={title} className="mb-4">
      <p>
        The other side did not take {payments.length === 1 ? "it" : "them"}, so nothing is settled yet. {again}
      </p>
      <ul className="mt-2 flex flex-col gap-2">
        {payments.map((payment) => (
          <li key={payment.objectId} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
            <span className="min-w-0 flex-1 basis-64">
              <span className="font-medium">
                {formatRupees(paise(amountInBank(payment)))} from {payment.counterparty.name}:
              </span>{" "}
              {payment.failure && answerRefusedWords(payment.failure)}
            </span>
            <Button
              variant="secondary"
              size="sm"
              aria-label={`Look at it: ${formatRupees(paise(amountInBank(payment)))} from ${payment.counterparty.name}`}
              onClick={() => onSelect(payment.objectId)}
            >
              Look at it
            </Button>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
