"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { toast } from "sonner";
import { countWords } from "@/components/lists/count-words";
import { GstSelect, SectionOptions } from "@/components/pay/tds-fields";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Money } from "@/components/ui/money";
import { Select } from "@/components/ui/select";
import { Table, TableBody, TableHeader, TableRow } from "@/components/ui/table";
import { TableCell } from "@/components/ui/table-cell";
import { TableHead } from "@/components/ui/table-head";
import type { PayBill, PayValues } from "@/features/payments/form";
import { sectionText, TDS_SECTIONS } from "@/features/payments/tds";
import { type BillTds, tdsOfAll } from "@/features/payments/tds-of-all";
import { add, formatRupees, paise, ZERO } from "@/lib/money";

/** The way to deduct TDS from all bills of a payment at once. */
export function TdsOfAll({ bills }: { bills: readonly PayBill[] }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <Button variant="ghost" size="sm" onClick={() => setOpen(true)}>
        <Plus aria-hidden /> TDS on all
      </Button>
      <DialogContent
        size="lg"
        title="Deduct TDS from all bills"
        description="Worked out bill by bill, and entered in each one's line, where it can be changed."
      >
        <TdsWindow bills={bills} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

const billsWords = (count: number) => countWords(count, "bill", "bills");

// Not a form: what is submitted here would reach the pay form around it.
function TdsWindow({ bills, onDone }: { bills: readonly PayBill[]; onDone: () => void }) {
  const { getValues, setValue, trigger, formState } = useFormContext<PayValues>();
  const { isSubmitted } = formState;
  const [choice, setChoice] = useState("");
  const [gst, setGst] = useState("");
  const section = TDS_SECTIONS[choice === "" ? -1 : Number(choice)];
  const lines = getValues("lines");
  const worked = section && gst !== "" ? tdsOfAll(lines, bills, section, Number(gst)) : [];
  const entered = worked.filter(({ leftOut }) => leftOut === null);
  const sum = formatRupees(add(ZERO, ...entered.map(({ tax }) => tax)));
  const sections = new Set(section && bills.map(({ issueDate }) => sectionText(section, issueDate)));
  const hint =
    sections.size > 1
      ? `Section ${[...sections].join(" or ")}, by the bill's date`
      : section && `Section ${[...sections].join()}`;
  function enter() {
    for (const { bill, splits } of entered) {
      const index = lines.findIndex(({ invoiceId }) => invoiceId === bill.id);
      setValue(`lines.${index}.splits`, splits, { shouldDirty: true, shouldTouch: true });
    }
    // What was said of what stood there before goes.
    if (isSubmitted) void trigger("lines");
    toast.success(`${sum} of TDS entered for ${billsWords(entered.length)}.`);
    onDone();
  }
  return (
    <>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label="What the bills are for" hint={hint}>
          <Select value={choice} onChange={(event) => setChoice(event.target.value)}>
            <option value="">Choose</option>
            <SectionOptions />
          </Select>
        </Field>
        <GstSelect label="GST in each bill" value={gst} onChange={setGst} />
      </div>
      {worked.length > 0 && <Worked worked={worked} />}
      <DialogFooter>
        <DialogClose asChild>
          <Button variant="secondary">Cancel</Button>
        </DialogClose>
        <Button variant="primary" disabled={entered.length === 0} onClick={enter}>
          {entered.length === 0 ? "Enter TDS" : `Enter ${sum} for ${billsWords(entered.length)}`}
        </Button>
      </DialogFooter>
    </>
  );
}

function Worked({ worked }: { worked: readonly BillTds[] }) {
  return (
    <div className="mt-4 overflow-clip rounded-md border border-line">
      <Table label="TDS of each bill">
        <TableHeader>
          <TableRow>
            <TableHead>Bill</TableHead>
            <TableHead numeric>Amount</TableHead>
            <TableHead numeric>Without GST</TableHead>
            <TableHead numeric>TDS</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {worked.map((each) => (
            <Line key={each.bill.id} {...each} />
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function Line({ bill, taxable, tax, leftOut, insteadOf }: BillTds) {
  return (
    <TableRow>
      <TableCell stack="title" className="font-medium [overflow-wrap:anywhere]">
        {bill.supplierInvoiceNumber}
        {leftOut && <p className="font-normal text-[0.8125rem] text-warning-ink">Left out. {leftOut}</p>}
      </TableCell>
      <TableCell label="Amount" numeric>
        <Money paise={paise(bill.totalPaise)} />
      </TableCell>
      <TableCell label="Without GST" numeric>
        {leftOut ? "–" : <Money paise={taxable} />}
      </TableCell>
      <TableCell stack="aside" numeric className="font-medium">
        {leftOut ? "–" : <Money paise={tax} />}
        {!leftOut && insteadOf !== null && (
          <p className="font-normal text-[0.8125rem] text-muted">instead of {formatRupees(insteadOf)}</p>
        )}
      </TableCell>
    </TableRow>
  );
}
