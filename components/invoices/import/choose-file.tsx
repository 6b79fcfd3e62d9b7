"use client";

import { Download } from "lucide-react";
import { countWords } from "@/components/lists/count-words";
import { ChooseTable, type ChooseTableProps } from "@/components/tables/choose-table";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { saveText } from "@/components/ui/save-text";
import { IMPORT_COLUMNS } from "@/features/invoices/import/columns";
import { MOST_ROWS } from "@/features/invoices/import/table";
import type { InvoiceSideName } from "@/features/invoices/schema";
import { SIDE_WORDS } from "@/features/invoices/words";
import { csvText } from "@/lib/csv";

interface ChooseFileProps extends Omit<ChooseTableProps, "description"> {
  side: InvoiceSideName;
}

/** A file is chosen or dropped, or cells are pasted; nothing leaves the browser yet. */
export function ChooseFile({ side, problem, onOpen }: ChooseFileProps) {
  const { one, many } = SIDE_WORDS[side];
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <ChooseTable
        description={`From a spreadsheet (.xlsx) or from accounting software (CSV), up to ${countWords(MOST_ROWS, one, many)}. You look it through before anything is added.`}
        problem={problem}
        onOpen={onOpen}
      />
      <Columns side={side} />
    </div>
  );
}

/** What a file may say, and a file to begin with. */
function Columns({ side }: { side: InvoiceSideName }) {
  const { many } = SIDE_WORDS[side];
  return (
    <Card>
      <CardHeader
        title="Columns"
        description="In any order. A party that you know already needs no B2B ID: its name or GSTIN will do."
        actions={
          <Button
            variant="secondary"
            size="sm"
            onClick={() => saveText(`${many}.csv`, csvText([IMPORT_COLUMNS.map(({ label }) => label)]))}
          >
            <Download aria-hidden /> Empty file
          </Button>
        }
      />
      <CardBody>
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-[0.8125rem]">
          {IMPORT_COLUMNS.map(({ key, label, needed, example }) => (
            <div key={key} className="contents">
              <dt className="font-medium">
                {label}
                {!needed && key !== "name" && key !== "dueDate" && (
                  <span className="font-normal text-muted"> (optional)</span>
                )}
              </dt>
              <dd className="text-muted [overflow-wrap:anywhere]">{example}</dd>
            </div>
          ))}
        </dl>
      </CardBody>
    </Card>
  );
}
