"use client";

import { useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { WarningList } from "@/components/pay/warning-list";
import { FieldGroup } from "@/components/ui/field-group";
import { RadioCard } from "@/components/ui/radio-card";
import type { PayValues } from "@/features/payments/form";
import { platformWarning } from "@/features/payments/warnings";

/** Off the platform unless somebody looks for it: what moved through Bharat Connect itself can't be rejected. */
export function PlatformChoice({ supplier }: { supplier: string }) {
  const { register, control, formState } = useFormContext<PayValues>();
  const type = useWatch({ control, name: "type" });
  // As it opens: from then on it is the reader's to fold.
  const [open] = useState(type === "ONPLATFORM");
  return (
    <details open={open}>
      <summary className="min-h-6 w-fit cursor-pointer text-[0.8125rem] text-accent-ink">
        Did Bharat Connect itself move the money?
      </summary>
      <FieldGroup legend="Who moved the money" error={formState.errors.type?.message} className="mt-2" hideLegend>
        <div className="grid gap-2 sm:grid-cols-2">
          <RadioCard
            {...register("type")}
            value="OFFPLATFORM"
            label="No: off the platform"
            description="You paid from your bank, by cheque or in cash. The supplier looks for it, and confirms or rejects."
          />
          <RadioCard
            {...register("type")}
            value="ONPLATFORM"
            label="Yes: on the platform"
            description="The money went through Bharat Connect’s operator. The supplier can only confirm."
          />
        </div>
        <WarningList warnings={[platformWarning(type, supplier)]} />
      </FieldGroup>
    </details>
  );
}
