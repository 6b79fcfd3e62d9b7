import { Download } from "lucide-react";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuGroup,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { TableFormat } from "@/lib/http/list-query";

/** Where a list is downloaded from, by the kind of file. */
type HrefOf = (format: TableFormat) => string;

/** One of the ways in which a list is put into rows. */
export interface ExportRows {
  title: string;
  says: string;
  hrefOf: HrefOf;
}

const FORMATS: readonly { format: TableFormat; title: string; says: string }[] = [
  { format: "xlsx", title: "Excel (.xlsx)", says: "Amounts and days as numbers, references as they are" },
  { format: "csv", title: "CSV", says: "For other programs" },
];

type ExportMenuProps = { hrefOf: HrefOf; ways?: never } | { ways: readonly ExportRows[]; hrefOf?: never };

/** Saves a list as a file: all that its filters find, as the kind of file that is chosen, and where there are several ways, in one of them. */
export function ExportMenu({ hrefOf, ways }: ExportMenuProps) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="sm">
          <Download aria-hidden /> Export
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {FORMATS.map(({ format, title, says }) =>
          ways ? (
            <FormatGroup key={format} title={title} format={format} ways={ways} />
          ) : (
            <FileItem key={format} href={hrefOf(format)} title={title} says={says} />
          ),
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

interface FormatGroupProps {
  title: string;
  format: TableFormat;
  ways: readonly ExportRows[];
}

function FormatGroup({ title, format, ways }: FormatGroupProps) {
  const id = useId();
  return (
    <DropdownMenuGroup aria-labelledby={id}>
      <DropdownMenuLabel id={id}>{title}</DropdownMenuLabel>
      {ways.map((way) => (
        <FileItem key={way.title} href={way.hrefOf(format)} title={way.title} says={way.says} />
      ))}
    </DropdownMenuGroup>
  );
}

function FileItem({ href, title, says }: { href: string; title: string; says: string }) {
  return (
    <DropdownMenuItem asChild>
      <a href={href} download className="flex-col items-start gap-0!">
        <span className="font-medium">{title}</span>
        <span className="text-[0.8125rem] text-muted">{says}</span>
      </a>
    </DropdownMenuItem>
  );
}
