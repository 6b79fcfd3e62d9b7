"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Money } from "@/components/ui/money";
import { Stat } from "@/components/ui/stat";
import type { Home } from "@/features/home/api";
import { homeQuery } from "@/features/home/client";
import { paise } from "@/lib/money";

interface HomeViewProps {
  business: string;
  initial: Home;
}

interface Figure {
  label: string;
  count: number;
  amount: number;
  one: string;
  many: string;
  href: string;
  /** It waits for a person here. */
  waiting?: boolean;
  /** Shown only while there is any. */
  rare?: boolean;
}

/** What needs doing now, on both sides, with amounts. */
export function HomeView({ business, initial }: HomeViewProps) {
  const { data } = useQuery({ ...homeQuery(business), initialData: initial });
  const { pay, getPaid } = data;
  const at = (path: string) => `/b/${business}/${path}`;
  const bills = { one: "bill", many: "bills" };
  const invoices = { one: "invoice", many: "invoices" };
  const payments = { one: "payment", many: "payments" };
  return (
    <div className="flex flex-col gap-8">
      <Figures
        title="Pay"
        figures={[
          {
            ...bills,
            label: "Overdue",
            count: pay.overdue.count,
            amount: pay.overdue.duePaise,
            href: at("bills?due=overdue"),
            waiting: true,
          },
          {
            ...bills,
            label: "Due within 7 days",
            count: pay.dueThisWeek.count,
            amount: pay.dueThisWeek.duePaise,
            href: at("bills?due=soon"),
          },
          {
            ...payments,
            label: "Waiting for suppliers",
            count: pay.waiting.count,
            amount: pay.waiting.totalPaise,
            href: at("payments?status=AWAITING_CONFIRMATION"),
          },
          {
            ...payments,
            label: "Rejected, due again",
            count: pay.rejected.count,
            amount: pay.rejected.totalPaise,
            href: at("payments?status=REJECTED"),
            waiting: true,
            rare: true,
          },
          {
            ...payments,
            label: "Failed, due again",
            count: pay.failed.count,
            amount: pay.failed.totalPaise,
            href: at("payments?status=FAILED"),
            waiting: true,
            rare: true,
          },
          {
            ...payments,
            label: "Could not be delivered",
            count: pay.undelivered.count,
            amount: pay.undelivered.totalPaise,
            href: at("payments?status=SENDING"),
            waiting: true,
            rare: true,
          },
        ]}
      />
      <Figures
        title="Get paid"
        figures={[
          {
            ...payments,
            label: "To confirm",
            count: getPaid.toConfirm.count,
            amount: getPaid.toConfirm.totalPaise,
            href: at("to-confirm"),
            waiting: true,
          },
          {
            ...invoices,
            label: "Overdue from buyers",
            count: getPaid.overdue.count,
            amount: getPaid.overdue.duePaise,
            href: at("invoices?due=overdue"),
          },
          {
            ...invoices,
            label: "Expected within 7 days",
            count: getPaid.dueThisWeek.count,
            amount: getPaid.dueThisWeek.duePaise,
            href: at("invoices?due=soon"),
          },
          {
            ...payments,
            label: "Answers on their way",
            count: getPaid.confirming.count,
            amount: getPaid.confirming.totalPaise,
            href: at("received?status=CONFIRMING"),
            rare: true,
          },
          {
            ...payments,
            label: "Answers that need you",
            count: getPaid.problems.count,
            amount: getPaid.problems.totalPaise,
            href: at("to-confirm"),
            waiting: true,
            rare: true,
          },
        ]}
      />
    </div>
  );
}

function Figures({ title, figures }: { title: string; figures: readonly Figure[] }) {
  return (
    <section aria-label={title}>
      <h2 className="mb-3 font-semibold text-[0.9375rem]">{title}</h2>
      <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {figures
          .filter((figure) => !figure.rare || figure.count > 0)
          .map((figure) => (
            <Stat
              key={figure.label}
              label={figure.label}
              value={<Money paise={paise(figure.amount)} mutedPaise />}
              detail={detailOf(figure)}
              href={figure.href}
              waiting={figure.waiting && figure.count > 0}
            />
          ))}
      </div>
    </section>
  );
}

function detailOf({ count, one, many }: Figure): ReactNode {
  if (count === 0) return "Nothing now";
  return `${count.toLocaleString("en-IN")} ${count === 1 ? one : many}`;
}
