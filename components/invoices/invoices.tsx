"use client";

import { CalendarClock, FileText, FileUp, Plus } from "lucide-react";
import { ageingHref } from "@/components/ageing/ageing-query";
import { InvoiceList } from "@/components/invoices/invoice-list";
import type { FirstPage } from "@/components/lists/first-page";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import type { InvoicePage } from "@/features/invoices/api";
import type { InvoiceQueryInput } from "@/features/invoices/schema";

interface InvoicesProps {
  business: string;
  mayRaise: boolean;
  first: FirstPage<InvoiceQueryInput, InvoicePage>;
}

/** What the business is owed. */
export function Invoices({ business, mayRaise, first }: InvoicesProps) {
  const raiseButtons = mayRaise && (
    <>
      <LinkButton href={`/b/${business}/invoices/import`}>
        <FileUp aria-hidden /> Import
      </LinkButton>
      <LinkButton variant="primary" href={`/b/${business}/invoices/new`}>
        <Plus aria-hidden /> Raise an invoice
      </LinkButton>
    </>
  );
  return (
    <>
      <PageHeader
        title="Invoices"
        description="What you are owed, and what of it is on its way."
        actions={
          <>
            <LinkButton variant="ghost" href={ageingHref(business, "receivable")}>
              <CalendarClock aria-hidden /> By age
            </LinkButton>
            {raiseButtons}
          </>
        }
      />
      <InvoiceList
        business={business}
        side="receivable"
        first={first}
        empty={(showAll) => (
          <EmptyState
            icon={<FileText />}
            title={showAll ? "Nothing is owed to you" : "No invoices yet"}
            actions={
              <>
                {showAll && (
                  <Button variant="secondary" onClick={showAll}>
                    Show paid invoices
                  </Button>
                )}
                {raiseButtons}
              </>
            }
          >
            Raise an invoice, and the buyer sees it at once when they are on Chukta too.
          </EmptyState>
        )}
      />
    </>
  );
}
