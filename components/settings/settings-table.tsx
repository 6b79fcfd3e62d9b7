"use client";

import type { ReactNode } from "react";
import { NotRefreshed } from "@/components/ui/not-refreshed";
import { Table, TableBody, TableHeader, TableRow } from "@/components/ui/table";
import { TableHead } from "@/components/ui/table-head";
import { useFocusOnChange } from "@/components/ui/use-focus-on-change";

interface SettingsTableProps {
  /** Names it for screen readers. */
  label: string;
  /** Of all columns but the last, which holds what can be done with a row. */
  headings: readonly string[];
  /** Names the rows, and what can be done with each: whoever did something that took its button away goes on from the table. */
  shown: string;
  /** It couldn't be read again. */
  isStale: boolean;
  /** The rows. */
  children: ReactNode;
}

/** A list of Settings: people, invitations, API keys. */
export function SettingsTable({ label, headings, shown, isStale, children }: SettingsTableProps) {
  const place = useFocusOnChange<HTMLDivElement>(shown);
  return (
    <div ref={place} tabIndex={-1} className="outline-none">
      {isStale && <NotRefreshed what="list" className="m-4" />}
      <Table label={label}>
        <TableHeader>
          <TableRow>
            {headings.map((heading) => (
              <TableHead key={heading}>{heading}</TableHead>
            ))}
            <TableHead>
              <span className="sr-only">Actions</span>
            </TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>{children}</TableBody>
      </Table>
    </div>
  );
}
