"use client";

import type { ReactNode } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DescriptionItem, DescriptionList } from "@/components/ui/description-list";
import { Money } from "@/components/ui/money";
import { type PayBill, type PayValues, payAmounts } from "@/features/payments/form";

/** Net, adjustment and total, worked out as one types. */
export function PaySummary({ bills, children }: { bills: readonly PayBill[]; children: ReactNode }) {
  const { control } = useFormContext<PayValues>();
  const lines = useWatch({ control, name: "lines" });
  const { net, adjustment, total } = payAmounts(lines, bills);
  return (
    <Card>
      <CardHeader title="In all" />
      <CardBody className="pt-2">
        <DescriptionList>
          <DescriptionItem term="In money">
            <Money paise={net} className="font-semibold" />
          </DescriptionItem>
          <DescriptionItem term="Adjusted">
            <Money paise={adjustment} />
          </DescriptionItem>
          <DescriptionItem term="Settled">
            <Money paise={total} className="font-semibold text-lg" />
          </DescriptionItem>
        </DescriptionList>
        <div className="mt-3">{children}</div>
      </CardBody>
    </Card>
  );
}
