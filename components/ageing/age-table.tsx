import { countWords } from "@/components/lists/count-words";
import { cn } from "@/components/ui/cn";
import { Money } from "@/components/ui/money";
import { RowLink } from "@/components/ui/row-link";
import { Table, TableBody, TableHeader, TableRow } from "@/components/ui/table";
import { TableCell } from "@/components/ui/table-cell";
import { TableHead } from "@/components/ui/table-head";
import type { PartyAges } from "@/features/ageing/api";
import { AGES } from "@/features/ageing/rules";
import type { InvoiceSideName } from "@/features/invoices/schema";
import { SIDE_WORDS } from "@/features/invoices/words";
import { paise } from "@/lib/money";

interface AgeTableProps {
  business: string;
  side: InvoiceSideName;
  label: string;
  parties: readonly PartyAges[];
}

/** Where there is no room for each age of the late ones, they are one column. */
const COLUMNS = {
  usual: { eachAge: "md:max-xl:hidden", allLate: "hidden md:max-xl:table-cell" },
  wide: { eachAge: "md:max-2xl:hidden", allLate: "hidden md:max-2xl:table-cell" },
};

/** Amounts from ₹100 crore on need more room. Paise. */
export const isWide = ({ duePaise }: Pick<PartyAges, "duePaise">): boolean => duePaise >= 100_00_00_000_00;

/** A line for each party: what is due with it at each age. Leads to the invoices that it is due on. */
export function AgeTable({ business, side, label, parties }: AgeTableProps) {
  const { one, many, party } = SIDE_WORDS[side];
  const { eachAge, allLate } = COLUMNS[parties.some(isWide) ? "wide" : "usual"];
  return (
    <Table label={label}>
      <TableHeader>
        <TableRow>
          <TableHead>{party}</TableHead>
          {AGES.map(({ field, words, from }) => (
            <TableHead key={field} numeric className={cn("xl:px-2", from !== null && eachAge)}>
              {words}
            </TableHead>
          ))}
          <TableHead numeric className={allLate}>
            Late
          </TableHead>
          <TableHead numeric>Due</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {parties.map((ages) => (
          <TableRow key={ages.counterparty.b2bId}>
            <TableCell namesRow stack="title" className="font-medium" title={ages.counterparty.name}>
              <RowLink
                href={`/b/${business}/${many}?counterparty=${encodeURIComponent(ages.counterparty.b2bId)}&due=open`}
                className="line-clamp-3 min-w-24 [overflow-wrap:anywhere] stacked:line-clamp-none"
              >
                {ages.counterparty.name}
              </RowLink>
              <span className="block font-normal text-[0.8125rem] text-muted">{countWords(ages.count, one, many)}</span>
            </TableCell>
            {AGES.map(({ field, words, from }) => (
              <TableCell
                key={field}
                numeric
                label={words}
                stack={ages[field] > 0 ? "line" : "hidden"}
                className={cn("xl:px-2 xl:text-[0.8125rem]", from !== null && eachAge)}
              >
                <Amount amount={ages[field]} />
              </TableCell>
            ))}
            <TableCell numeric stack="hidden" className={allLate}>
              <Amount amount={ages.overduePaise} />
            </TableCell>
            <TableCell numeric stack="aside" className="font-semibold xl:pl-2">
              <Money paise={paise(ages.duePaise)} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** Nothing is quieter than something: the eye finds what is late. */
function Amount({ amount }: { amount: number }) {
  return <Money paise={paise(amount)} {...(amount === 0 && { className: "text-muted" })} />;
}
