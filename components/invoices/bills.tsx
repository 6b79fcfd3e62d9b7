"use client";

import { CalendarClock, FileText, FileUp, IndianRupee, Plus, X } from "lucide-react";
import { ageingHref } from "@/components/ageing/ageing-query";
import { useBillSelection } from "@/components/invoices/bill-selection";
import type { ChosenBill } from "@/components/invoices/chosen-bills";
import { InvoiceList } from "@/components/invoices/invoice-list";
import { countWords } from "@/components/lists/count-words";
import type { FirstPage } from "@/components/lists/first-page";
import { focusRows } from "@/components/lists/list-frame";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Money } from "@/components/ui/money";
import { PageHeader } from "@/components/ui/page-header";
import type { InvoicePage } from "@/features/invoices/api";
import type { InvoiceQueryInput } from "@/features/invoices/schema";
import { add, paise } from "@/lib/money";

interface BillsProps {
  business: string;
  mayPay: boolean;
  first: FirstPage<InvoiceQueryInput, InvoicePage>;
}

/** What the business owes; several bills of one supplier are chosen and paid at once. */
export function Bills({ business, mayPay, first }: BillsProps) {
  const selection = useBillSelection(business);
  const { chosen } = selection;
  const addButtons = mayPay && (
    <>
      <LinkButton href={`/b/${business}/bills/import`}>
        <FileUp aria-hidden /> Import
      </LinkButton>
      <LinkButton href={`/b/${business}/bills/new`}>
        <Plus aria-hidden /> Add a bill
      </LinkButton>
    </>
  );
  return (
    <>
      <PageHeader
        title="Bills"
        description={mayPay ? "What you owe. Choose one or several bills of a supplier to pay them." : "What you owe."}
        actions={
          <>
            <LinkButton variant="ghost" href={ageingHref(business, "payable")}>
              <CalendarClock aria-hidden /> By age
            </LinkButton>
            {addButtons}
          </>
        }
      />
      <InvoiceList
        business={business}
        side="payable"
        first={first}
        {...(mayPay && { selection })}
        empty={(showAll) => (
          <EmptyState
            icon={<FileText />}
            title={showAll ? "Nothing to pay" : "No bills yet"}
            actions={
              <>
                {showAll && (
                  <Button variant="secondary" onClick={showAll}>
                    Show paid bills
                  </Button>
                )}
                {addButtons}
              </>
            }
          >
            Bills appear here when a supplier on Chukta raises one, or when you add one that came on paper.
          </EmptyState>
        )}
      />
      {mayPay && chosen.length > 0 && <PayBar business={business} chosen={chosen} onClear={selection.clear} />}
      {/* In place from the first: what comes with the bar itself isn't said. */}
      <p role="status" className="sr-only">
        {mayPay && chosen.length > 0 && (
          <>
            {chosen[0]?.counterparty.name}: <ChosenWords chosen={chosen} /> chosen
          </>
        )}
      </p>
    </>
  );
}

interface PayBarProps {
  business: string;
  chosen: readonly ChosenBill[];
  onClear: () => void;
}

/** "2 bills, ₹2,900.00 due". */
function ChosenWords({ chosen }: Pick<PayBarProps, "chosen">) {
  return (
    <>
      {countWords(chosen.length, "bill", "bills")},{" "}
      <Money paise={add(...chosen.map((invoice) => paise(invoice.duePaise)))} /> due
    </>
  );
}

function PayBar({ business, chosen, onClear }: PayBarProps) {
  const query = chosen.map((invoice) => `invoice=${invoice.id}`).join("&");
  const words = `Pay ${countWords(chosen.length, "bill", "bills")}`;
  return (
    <section
      aria-label="Chosen bills"
      data-floats
      data-print="hide"
      className="sticky low:static bottom-20 z-20 mt-4 flex flex-wrap items-center justify-between gap-3 rounded-lg border border-accent bg-raised px-4 py-3 shadow-lg lg:bottom-4"
    >
      <p className="min-w-0">
        <span className="font-medium">{chosen[0]?.counterparty.name}</span>
        <span className="block text-[0.8125rem] text-muted">
          <ChosenWords chosen={chosen} />
        </span>
      </p>
      <span className="flex flex-wrap items-center gap-2">
        <Button
          variant="ghost"
          onClick={() => {
            onClear();
            // This bar goes with what was chosen.
            focusRows();
          }}
        >
          <X aria-hidden /> Clear
        </Button>
        <LinkButton variant="primary" href={`/b/${business}/pay?${query}`}>
          <IndianRupee aria-hidden /> {words}
        </LinkButton>
      </span>
    </section>
  );
}
