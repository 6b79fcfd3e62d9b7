"use client";

import type { ReactNode } from "react";
import type { BillSelection } from "@/components/invoices/bill-selection";
import { DueWords, InvoiceStatusBadge } from "@/components/invoices/invoice-status";
import { Checkbox } from "@/components/ui/checkbox";
import { Money } from "@/components/ui/money";
import { RowLink } from "@/components/ui/row-link";
import { Table, TableBody, TableHeader, TableRow } from "@/components/ui/table";
import { TableCell } from "@/components/ui/table-cell";
import { TableHead } from "@/components/ui/table-head";
import type { Invoice } from "@/features/invoices/api";
import type { InvoiceQuery, InvoiceSideName } from "@/features/invoices/schema";
import { paise } from "@/lib/money";
import { formatDay } from "@/lib/time";

type Sort = InvoiceQuery["sort"];

interface InvoiceTableProps {
  label: string;
  side: InvoiceSideName;
  /** Where an invoice's page is. */
  hrefOf: (invoice: Invoice) => string;
  invoices: readonly Invoice[];
  /** Those of them on which all that is pending waits for a second person, by id. */
  toApprove: ReadonlySet<string>;
  sort: Sort;
  onSort: (sort: Sort) => void;
  selection?: BillSelection;
}

export function InvoiceTable({ label, side, hrefOf, invoices, toApprove, sort, onSort, selection }: InvoiceTableProps) {
  const column = (name: string, by: Sort, props?: { numeric?: boolean; className?: string }): ReactNode => (
    <TableHead
      {...props}
      sorted={sort === by ? "asc" : sort === `-${by}` ? "desc" : false}
      onSort={() => onSort(sort === by ? (`-${by}` as Sort) : by)}
    >
      {name}
    </TableHead>
  );
  return (
    <>
      {selection && (
        <div className="hidden border-line border-b px-4 py-2 text-[0.8125rem] stacked:block">
          <SelectAll withLabel invoices={invoices} selection={selection} />
        </div>
      )}
      <Table label={label}>
        <TableHeader>
          <TableRow>
            {selection && (
              <TableHead className="w-10">
                <span className="sr-only">Choose to pay</span>
                {/* Stacked, the heading can't be seen: the list has one of its own above it. */}
                <SelectAll className="align-middle stacked:hidden" invoices={invoices} selection={selection} />
              </TableHead>
            )}
            {column(side === "payable" ? "Supplier" : "Buyer", "counterparty")}
            {column("Invoice", "supplierInvoiceNumber")}
            {column("Due date", "dueDate")}
            {column("Amount", "total", { numeric: true, className: "md:max-xl:hidden" })}
            <TableHead numeric>Still due</TableHead>
            <TableHead>Status</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {invoices.map((invoice) => (
            <TableRow key={invoice.id} selected={selection?.has(invoice.id)}>
              {selection && <SelectCell invoice={invoice} selection={selection} />}
              <TableCell
                stack="title"
                className="font-medium md:min-w-24 md:max-w-36 xl:max-w-56"
                title={invoice.counterparty.name}
              >
                <span className="line-clamp-5 stacked:line-clamp-none [overflow-wrap:anywhere]">
                  {invoice.counterparty.name}
                </span>
              </TableCell>
              <TableCell namesRow stack="subtitle" className="md:max-w-36 xl:max-w-56">
                <RowLink href={hrefOf(invoice)} className="inline-block min-w-24 [overflow-wrap:anywhere]">
                  {invoice.supplierInvoiceNumber}
                </RowLink>
                <span className="line-clamp-1 break-all text-[0.8125rem] text-muted stacked:hidden">
                  {formatDay(invoice.issueDate)}
                  {invoice.description && `, ${invoice.description}`}
                </span>
              </TableCell>
              <TableCell stack="meta">
                <span className="whitespace-nowrap">
                  {/* Stacked, the column's heading can't be seen, and beside "Paid" a day would be taken for another. */}
                  <span aria-hidden className="hidden text-muted stacked:inline">
                    Due{" "}
                  </span>
                  {formatDay(invoice.dueDate)}
                </span>{" "}
                <span className="block text-[0.8125rem]">
                  <DueWords invoice={invoice} />
                </span>
              </TableCell>
              <TableCell
                numeric
                label="Amount"
                stack={invoice.duePaise === invoice.totalPaise ? "hidden" : "line"}
                className="md:max-xl:hidden"
              >
                <Money paise={paise(invoice.totalPaise)} />
              </TableCell>
              <TableCell numeric stack="aside" className="font-semibold">
                <Money paise={paise(invoice.duePaise)} />
                {invoice.duePaise !== invoice.totalPaise && (
                  <span className="hidden font-normal text-[0.8125rem] text-muted md:max-xl:block">
                    of <Money paise={paise(invoice.totalPaise)} />
                  </span>
                )}
                {invoice.pendingPaise > 0 && (
                  <span className="block font-normal text-[0.8125rem] text-muted xl:whitespace-nowrap">
                    <Money paise={paise(invoice.pendingPaise)} />{" "}
                    <span className="whitespace-nowrap">{toApprove.has(invoice.id) ? "to approve" : "on its way"}</span>
                  </span>
                )}
              </TableCell>
              <TableCell label="Status" stack="line">
                <InvoiceStatusBadge invoice={invoice} toApprove={toApprove.has(invoice.id)} />
                {invoice.remarks && (
                  <span
                    className="mt-0.5 line-clamp-2 max-w-48 text-[0.8125rem] text-muted [overflow-wrap:anywhere]"
                    title={invoice.remarks}
                  >
                    “{invoice.remarks}”
                  </span>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </>
  );
}

function SelectCell({ invoice, selection }: { invoice: Invoice; selection: BillSelection }) {
  return (
    <TableCell stack="lead" className="relative z-10 w-10">
      {/* A finger that misses the box by a little would open the bill. */}
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the input is in `Checkbox` */}
      <label className="-m-3 flex w-fit p-3">
        <Checkbox
          aria-label={`Pay ${invoice.supplierInvoiceNumber} of ${invoice.counterparty.name}`}
          checked={selection.has(invoice.id)}
          whyNot={selection.whyNot(invoice)}
          onChange={() => selection.toggle(invoice)}
        />
      </label>
    </TableCell>
  );
}

interface SelectAllProps {
  invoices: readonly Invoice[];
  selection: BillSelection;
  /** With its words beside it; else they are its name alone. */
  withLabel?: boolean;
  className?: string;
}

/** Chooses all bills of the page that one payment can take, or takes them back. */
export function SelectAll({ invoices, selection, withLabel = false, className }: SelectAllProps) {
  const { state, bills, supplier, whyNot } = selection.allOf(invoices);
  const words = whyNot === null ? `Choose all ${bills.length} of ${supplier} on this page` : "Choose all";
  return (
    <span className={className}>
      <Checkbox
        {...(withLabel ? { label: words } : { "aria-label": words })}
        checked={state === "all"}
        indeterminate={state === "some"}
        whyNot={whyNot}
        onChange={() => selection.toggleAll(invoices)}
      />
    </span>
  );
}
