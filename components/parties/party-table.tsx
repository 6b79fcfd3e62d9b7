import { TriangleAlert } from "lucide-react";
import { partyHref } from "@/components/parties/party-query";
import { Badge } from "@/components/ui/badge";
import { Mono } from "@/components/ui/mono";
import { RowLink } from "@/components/ui/row-link";
import { Table, TableBody, TableHeader, TableRow } from "@/components/ui/table";
import { TableCell } from "@/components/ui/table-cell";
import { TableHead } from "@/components/ui/table-head";
import type { Counterparty } from "@/features/counterparties/api";
import { lastFour } from "@/features/counterparties/rules";
import { formatDate } from "@/lib/time";

/** What a party is to the business. */
function roleWords({ isSupplier, isBuyer }: Counterparty): string {
  if (isSupplier && isBuyer) return "Supplier and buyer";
  if (isSupplier) return "Supplier";
  return isBuyer ? "Buyer" : "No bills yet";
}

export function PartyTable({ business, parties }: { business: string; parties: readonly Counterparty[] }) {
  return (
    <Table label="Parties">
      <TableHeader>
        <TableRow>
          <TableHead>Name</TableHead>
          <TableHead>B2B ID</TableHead>
          <TableHead>Supplier or buyer</TableHead>
          <TableHead>Account</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {parties.map((party) => (
          <TableRow key={party.b2bId}>
            <TableCell namesRow stack="title" className="wrap-anywhere font-medium">
              <RowLink href={partyHref(business, party.b2bId)}>{party.name}</RowLink>
            </TableCell>
            <TableCell stack="subtitle" className="md:min-w-44">
              <Mono>{party.b2bId}</Mono>
            </TableCell>
            <TableCell stack="aside" className="whitespace-nowrap stacked:text-[0.8125rem] stacked:text-muted">
              {roleWords(party)}
            </TableCell>
            <TableCell label="Account">
              <AccountWords party={party} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function AccountWords({ party: { account, accountChange } }: { party: Counterparty }) {
  const { number, vpa } = account;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1 stacked:justify-end">
      {number ? (
        <Mono className="whitespace-nowrap">{lastFour(number)}</Mono>
      ) : vpa ? (
        <Mono>{vpa}</Mono>
      ) : (
        <span className="whitespace-nowrap text-muted">No account</span>
      )}
      {accountChange && (
        <Badge tone="warning" icon={<TriangleAlert aria-hidden />}>
          {accountChange.isFirst ? "Entered" : "Changed"} {formatDate(new Date(accountChange.at))}
        </Badge>
      )}
    </span>
  );
}
