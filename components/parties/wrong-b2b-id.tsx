import { Alert } from "@/components/ui/alert";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import type { CounterpartyDetail } from "@/features/counterparties/api";
import { b2bIdHint } from "@/features/counterparties/rules";

interface WrongB2bIdProps {
  business: string;
  party: CounterpartyDetail;
  mayAct: boolean;
}

/** A B2B ID can't be changed, since bills and payments hang on it: what to do instead. */
export function WrongB2bId({ business, party, mayAct }: WrongB2bIdProps) {
  const open = (folder: string) => `/b/${business}/${folder}?counterparty=${encodeURIComponent(party.b2bId)}&due=open`;
  const hint = b2bIdHint(party.b2bId);
  return (
    <Card>
      <CardHeader title="Is the B2B ID wrong?" />
      <CardBody className="flex flex-col gap-3 pt-2">
        {hint && <Alert tone="warning">{hint}</Alert>}
        <p>
          It can't be changed, because bills and payments hang on it. Cancel what is open here, and add it again under
          the right B2B ID, as another party.
        </p>
        <div className="flex flex-wrap gap-2">
          {(party.isSupplier || !party.isBuyer) && <LinkButton href={open("bills")}>Open bills of theirs</LinkButton>}
          {party.isBuyer && <LinkButton href={open("invoices")}>Open invoices to them</LinkButton>}
          {mayAct && (
            <LinkButton href={`/b/${business}/${party.isBuyer && !party.isSupplier ? "invoices" : "bills"}/new`}>
              {party.isBuyer && !party.isSupplier ? "Raise an invoice" : "Add a bill"}
            </LinkButton>
          )}
        </div>
      </CardBody>
    </Card>
  );
}
