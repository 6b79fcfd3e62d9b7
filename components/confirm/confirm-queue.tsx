"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheckBig } from "lucide-react";
import { parseAsString, useQueryStates } from "nuqs";
import { ConfirmCard } from "@/components/confirm/confirm-card";
import { countWords } from "@/components/lists/count-words";
import { type FirstPage, initialFor } from "@/components/lists/first-page";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { SearchInput } from "@/components/ui/search-input";
import { TextLink } from "@/components/ui/text-link";
import { homeQuery } from "@/features/home/client";
import type { PaymentPage, PaymentQueryInput } from "@/features/payments/api";
import { paymentsQuery } from "@/features/payments/client";

const REFRESH_MS = 10_000;

interface ConfirmQueueProps {
  business: string;
  mayAct: boolean;
  first: FirstPage<PaymentQueryInput, PaymentPage>;
}

/** Payments that wait for this supplier's answer, oldest first. */
export function ConfirmQueue({ business, mayAct, first }: ConfirmQueueProps) {
  const [{ q, cursor }, set] = useQueryStates({ q: parseAsString.withDefault(""), cursor: parseAsString });
  const query: PaymentQueryInput = {
    side: "incoming",
    status: "AWAITING_CONFIRMATION",
    sort: "createdAt",
    ...(q && { q }),
    ...(cursor && { cursor }),
  };
  const { data, error, refetch } = useQuery({
    ...paymentsQuery(business, query),
    ...initialFor(query, first),
    refetchInterval: REFRESH_MS,
  });
  const home = useQuery(homeQuery(business));
  const confirming = home.data?.getPaid.confirming.count ?? 0;
  return (
    <>
      <PageHeader
        title="To confirm"
        description="Payments that buyers say they made. Look for each in your bank account, then accept or reject it."
      />
      {confirming > 0 && (
        <Alert tone="info" live className="mb-4">
          {confirming === 1 ? "One answer is" : `${confirming} answers are`} on the way to the buyer.{" "}
          <TextLink href={`/b/${business}/received?status=CONFIRMING`}>See which</TextLink>
        </Alert>
      )}
      {error && (
        <Alert
          tone="danger"
          live
          className="mb-4"
          title="The queue can't be shown just now"
          actions={
            <Button size="sm" variant="secondary" onClick={() => refetch()}>
              Try again
            </Button>
          }
        >
          {error.message}
        </Alert>
      )}
      {(q || (data && data.items.length > 0)) && (
        <div className="mb-4 max-w-md">
          <SearchInput
            label="Search UTR, buyer or invoice"
            value={q}
            onValueChange={(words) => set({ q: words || null, cursor: null })}
          />
        </div>
      )}
      {data?.items.length === 0 ? (
        <Card>
          <EmptyState icon={<CircleCheckBig />} title={q ? "No payment matches" : "Nothing to confirm"}>
            {q ? "Try a part of the UTR, or the buyer's name." : "New payments appear here by themselves."}
          </EmptyState>
        </Card>
      ) : (
        <ul className="flex flex-col gap-4" aria-label="Payments to confirm">
          {data?.items.map((payment) => (
            <li key={payment.objectId}>
              <ConfirmCard business={business} payment={payment} mayAct={mayAct} />
            </li>
          ))}
        </ul>
      )}
      {data && data.items.length > 0 && (
        <Pagination
          label="Payments to confirm"
          summary={countWords(data.totals, "payment", "payments")}
          previous={data.previousCursor ? () => set({ cursor: data.previousCursor }) : null}
          next={data.nextCursor ? () => set({ cursor: data.nextCursor }) : null}
        />
      )}
    </>
  );
}
