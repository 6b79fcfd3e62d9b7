"use client";

import { useQuery } from "@tanstack/react-query";
import { Landmark } from "lucide-react";
import { QUEUE_REFRESH_MS } from "@/components/confirm/queue-query";
import { cn } from "@/components/ui/cn";
import { LinkButton } from "@/components/ui/link-button";
import { Money } from "@/components/ui/money";
import { PageHeader } from "@/components/ui/page-header";
import { homeQuery } from "@/features/home/client";
import { paise } from "@/lib/money";

interface QueueHeaderProps {
  business: string;
  /** One payment has the page: on a phone the rest makes room. */
  isWorking: boolean;
  mayAct: boolean;
}

/** How much waits, and for how long: the figures that the portal's frame has read already. */
export function QueueHeader({ business, isWorking, mayAct }: QueueHeaderProps) {
  const { data } = useQuery({ ...homeQuery(business), refetchInterval: QUEUE_REFRESH_MS });
  const waiting = data?.getPaid.toConfirm;
  return (
    <PageHeader
      title="To confirm"
      actions={
        mayAct &&
        waiting &&
        waiting.count > 0 && (
          <LinkButton href={`/b/${business}/to-confirm/statement`} className={cn(isWorking && "max-lg:hidden")}>
            <Landmark aria-hidden /> Look on a bank statement
          </LinkButton>
        )
      }
      description={
        waiting && waiting.count > 0 ? (
          <span className={cn(isWorking && "max-lg:hidden")}>
            {waiting.count === 1 ? "One payment" : `${waiting.count.toLocaleString("en-IN")} payments`} of{" "}
            <Money paise={paise(waiting.netPaise)} className="font-medium text-ink" />{" "}
            {waiting.count === 1 ? "waits" : "wait"} for your answer
            {waiting.oldestDays > 0 &&
              `, the oldest for ${waiting.oldestDays} ${waiting.oldestDays === 1 ? "day" : "days"}`}
            . Look for each in your bank account.
            {waiting.netPaise !== waiting.totalPaise && (
              <>
                {" "}
                {waiting.count === 1 ? "It settles" : "They settle"} <Money paise={paise(waiting.totalPaise)} />, with
                what was adjusted.
              </>
            )}
          </span>
        ) : (
          "Payments that buyers say they made, to be looked for in your bank account."
        )
      }
    />
  );
}
