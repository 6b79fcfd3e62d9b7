"use client";

import { useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ImportLine } from "@/features/invoices/import/progress";

const MOST_DAYS = 365;

interface DueDaysProps {
  lines: readonly ImportLine[];
  /** How many were said before. */
  days: number | null;
  onUse: (days: number) => void;
}

/** Many registers have no due date: it is so many days after the invoice date then, when somebody says how many. */
export function DueDays({ lines, days: used, onUse }: DueDaysProps) {
  const [text, setText] = useState("30");
  const without = lines.filter(({ texts, state }) => !texts.has("dueDate") && state !== "added").length;
  const days = /^\d{1,3}$/.test(text.trim()) && Number(text) <= MOST_DAYS ? Number(text) : null;
  if (without === 0) return null;
  const rows = without === 1 ? "1 row has" : `${without} rows have`;
  const title = `${rows} no due date${used === null ? "" : `: ${used} days after the invoice date`}`;
  return (
    <Alert tone="info" title={title}>
      <form
        className="mt-1 flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (days !== null) onUse(days);
        }}
      >
        <Field label="Days after the invoice date" error={days === null && `Enter 0 to ${MOST_DAYS} days.`}>
          <Input inputMode="numeric" className="w-24" value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
        <Button type="submit" variant="secondary">
          Set due dates
        </Button>
      </form>
    </Alert>
  );
}
