"use client";

import { FileUp } from "lucide-react";
import { type DragEvent, useId, useState } from "react";
import { countWords } from "@/components/lists/count-words";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { buttonStyles } from "@/components/ui/button-styles";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { Field } from "@/components/ui/field";
import { Spinner } from "@/components/ui/spinner";
import { Textarea } from "@/components/ui/textarea";
import type { Chosen } from "@/lib/tables/cells";
import { decodeFile } from "@/lib/tables/decode";
import type { Sheet } from "@/lib/tables/xlsx/workbook";

const ACCEPT = [
  ...[".xlsx", ".csv", ".tsv", ".txt", "text/csv", "text/tab-separated-values", "text/plain"],
  // Chosen by mistake: it is said what to do with it.
  ...[".xlsm", ".xls", ".ods"],
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
].join(",");

const focus = (element: HTMLElement | null) => element?.focus();

export interface ChooseTableProps {
  description: string;
  /** Why what was chosen before can't be read. */
  problem: string | null;
  onOpen: (name: string, chosen: Chosen) => void;
}

/** A workbook with several sheets, of which one is meant. */
interface Workbook {
  name: string;
  sheets: readonly Sheet[];
  /** One was chosen: what is wrong is wrong with that. */
  isTried: boolean;
}

/** A file with a table is chosen or dropped, or cells are pasted. It is read here, in the browser. */
export function ChooseTable({ description, problem, onOpen }: ChooseTableProps) {
  const [pasted, setPasted] = useState("");
  const [workbook, setWorkbook] = useState<Workbook | null>(null);
  const [isOpening, setOpening] = useState(false);
  const read = async (file: File | undefined) => {
    if (!file || isOpening) return;
    setOpening(true);
    const decoded = await decodeFile(file);
    setOpening(false);
    setWorkbook(null);
    if (!("sheets" in decoded)) return onOpen(file.name, decoded);
    const [sheet, another] = decoded.sheets;
    if (sheet && !another) onOpen(file.name, sheet);
    else setWorkbook({ name: file.name, sheets: decoded.sheets, isTried: false });
  };
  const choose = ({ name, sheets }: Workbook, sheet: Sheet) => {
    setWorkbook({ name, sheets, isTried: true });
    onOpen(`${name}, ${sheet.name}`, sheet);
  };
  return (
    <Card>
      <CardHeader title="Choose a file" description={description} />
      <CardBody className="flex flex-col gap-4">
        {problem && workbook?.isTried !== false && (
          <Alert tone="danger" live title="This can't be read">
            {problem}
          </Alert>
        )}
        {workbook && !isOpening && <ChooseSheet workbook={workbook} onChoose={(sheet) => choose(workbook, sheet)} />}
        <DropZone isOpening={isOpening} onFile={(file) => void read(file)} />
        <form
          className="flex flex-col gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            onOpen("Pasted cells", { text: pasted });
          }}
        >
          <Field label="Or paste cells from a spreadsheet" hint="With their row of headings.">
            <Textarea
              rows={4}
              spellCheck={false}
              className="whitespace-pre font-mono text-[0.8125rem]"
              value={pasted}
              onChange={(event) => setPasted(event.target.value)}
            />
          </Field>
          <Button type="submit" variant="secondary" className="self-end" disabled={pasted.trim() === ""}>
            Look them through
          </Button>
        </form>
      </CardBody>
    </Card>
  );
}

/** Asks which sheet is meant: the months of a year may stand side by side, and look alike. */
function ChooseSheet({ workbook, onChoose }: { workbook: Workbook; onChoose: (sheet: Sheet) => void }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2 rounded-lg border border-line p-4">
      <h3 id={id} tabIndex={-1} ref={focus} className="font-medium outline-none [overflow-wrap:anywhere]">
        Which sheet of {workbook.name}?
      </h3>
      <ul className="flex flex-wrap gap-2">
        {workbook.sheets.map((sheet) => (
          <li key={sheet.name} className="max-w-full">
            <Button
              variant="secondary"
              className="h-auto min-h-9 max-w-full py-1 text-left"
              onClick={() => onChoose(sheet)}
            >
              <span className="[overflow-wrap:anywhere]">{sheet.name}</span>
              <span className="font-normal text-muted">{countWords(sheet.rows.length, "row", "rows")}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface DropZoneProps {
  /** A file is being opened. */
  isOpening: boolean;
  onFile: (file: File | undefined) => void;
}

function DropZone({ isOpening, onFile }: DropZoneProps) {
  const id = useId();
  const [isOver, setIsOver] = useState(false);
  const over = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(true);
  };
  return (
    <section
      aria-label="File"
      onDragEnter={over}
      onDragOver={over}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        onFile(event.dataTransfer.files[0]);
      }}
      className={cn(
        "flex flex-col items-center gap-3 rounded-lg border border-control/60 border-dashed px-4 py-8 text-center text-muted",
        isOver && "border-accent bg-accent-soft",
      )}
    >
      {isOpening ? <Spinner label="Opening the file" /> : <FileUp aria-hidden className="size-6" />}
      <span className="max-sm:hidden">Drop a file here, or</span>
      <input
        id={id}
        type="file"
        accept={ACCEPT}
        className="peer sr-only"
        onChange={(event) => {
          onFile(event.target.files?.[0]);
          // The same file, mended, may be chosen again.
          event.target.value = "";
        }}
      />
      <label
        htmlFor={id}
        className={cn(
          buttonStyles({ variant: "secondary" }),
          "cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-accent peer-focus-visible:outline-offset-2",
        )}
      >
        Choose a file
      </label>
    </section>
  );
}
