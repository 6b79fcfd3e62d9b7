"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import { broughtAt } from "@/components/brought-at";
import { Card } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import { NotRefreshed } from "@/components/ui/not-refreshed";
import { Stat } from "@/components/ui/stat";
import { TextLink } from "@/components/ui/text-link";
import type { Home } from "@/features/home/api";
import { homeQuery } from "@/features/home/client";
import { ProblemError } from "@/lib/http/client";
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
  /** After the count: how long it has waited. */
  note?: string | undefined;
}

/** What needs doing now, on both sides, with amounts. */
export function HomeView({ business, initial }: HomeViewProps) {
  const { data, error } = useQuery({
    ...homeQuery(business),
    initialData: initial,
    initialDataUpdatedAt: broughtAt(initial),
  });
  // Whoever is signed out is told that already, around every page.
  const isStale = error !== null && !(error instanceof ProblemError && error.status === 401);
  const { pay, getPaid } = data;
  const at = (path: string) => `/b/${business}/${path}`;
  const bills = { one: "bill", many: "bills" };
  const invoices = { one: "invoice", many: "invoices" };
  const payments = { one: "payment", many: "payments" };
  return (
    <div className="flex flex-col gap-8">
      {isStale && <NotRefreshed what="page" className="-mb-3" />}
      <Figures
        title="Pay"
        calm="Nothing to pay in the next 7 days, and no supplier keeps you waiting."
        calmHref={at("bills")}
        calmLink="See your bills"
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
            ...bills,
            label: "Came back to you",
            count: pay.cameBack.count,
            amount: pay.cameBack.totalPaise,
            href: at("bills?due=came-back"),
            waiting: true,
            rare: true,
          },
          {
            ...payments,
            label: "To approve",
            count: pay.toApprove.count,
            amount: pay.toApprove.totalPaise,
            href: at("payments/to-approve"),
            waiting: true,
            rare: true,
            note: oldestWords(pay.toApprove.oldestDays),
          },
          {
            ...payments,
            label: "Waiting for suppliers",
            count: pay.waiting.count,
            amount: pay.waiting.totalPaise,
            href: at("payments?todo=unanswered&sort=createdAt"),
            note: oldestWords(pay.waiting.oldestDays),
          },
          {
            ...payments,
            label: "Rejected, due again",
            count: pay.rejected.count,
            amount: pay.rejected.totalPaise,
            href: at("payments?todo=pay-again&status=REJECTED"),
            waiting: true,
            rare: true,
          },
          {
            ...payments,
            label: "Failed, due again",
            count: pay.failed.count,
            amount: pay.failed.totalPaise,
            href: at("payments?todo=pay-again&status=FAILED"),
            waiting: true,
            rare: true,
          },
          {
            ...payments,
            label: "Could not be delivered",
            count: pay.undelivered.count,
            amount: pay.undelivered.totalPaise,
            href: at("payments?todo=send-again"),
            waiting: true,
            rare: true,
          },
        ]}
      />
      <Figures
        title="Get paid"
        calm="No payment waits for your answer, and nothing is overdue."
        calmHref={at("invoices")}
        calmLink="See your invoices"
        figures={[
          {
            ...payments,
            label: "To confirm",
            count: getPaid.toConfirm.count,
            amount: getPaid.toConfirm.totalPaise,
            href: at("to-confirm"),
            waiting: true,
            note: oldestWords(getPaid.toConfirm.oldestDays),
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
            ...invoices,
            label: "Came back to you",
            count: getPaid.cameBack.count,
            amount: getPaid.cameBack.totalPaise,
            href: at("invoices?due=came-back"),
            waiting: true,
            rare: true,
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

interface FiguresProps {
  title: string;
  /** Said in the place of a row of zeros. */
  calm: string;
  calmHref: string;
  calmLink: string;
  figures: readonly Figure[];
}

function Figures({ title, calm, calmHref, calmLink, figures }: FiguresProps) {
  const isCalm = figures.every((figure) => figure.count === 0);
  return (
    <section aria-label={title}>
      <h2 className="mb-3 font-semibold text-[0.9375rem]">{title}</h2>
      {isCalm ? (
        <Card className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-5 sm:px-5">
          <CircleCheck aria-hidden className="size-5 text-success-ink" />
          <p>{calm}</p>
          <TextLink href={calmHref}>{calmLink}</TextLink>
        </Card>
      ) : (
        <div className="grid gap-3 sm:grid-cols-[repeat(auto-fill,minmax(14rem,1fr))]">
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
      )}
    </section>
  );
}

function detailOf({ count, one, many, note }: Figure): ReactNode {
  if (count === 0) return "Nothing now";
  return `${count.toLocaleString("en-IN")} ${count === 1 ? one : many}${note ? `, ${note}` : ""}`;
}

/** "the oldest waits 9 days": nothing for what came today. */
function oldestWords(days: number): string | undefined {
  return days > 0 ? `the oldest waits ${days} ${days === 1 ? "day" : "days"}` : undefined;
}
