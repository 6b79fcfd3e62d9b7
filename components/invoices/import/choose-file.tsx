"use client";

import { Download, FileUp } from "lucide-react";
import { type DragEvent, useId, useState } from "react";
import { countWords } from "@/components/lists/count-words";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { buttonStyles } from "@/components/ui/button-styles";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { Field } from "@/components/ui/field";
import { saveText } from "@/components/ui/save-text";
import { Textarea } from "@/components/ui/textarea";
import { IMPORT_COLUMNS } from "@/features/invoices/import/columns";
import { type Decoded, decodeFile } from "@/features/invoices/import/decode";
import { MOST_ROWS } from "@/features/invoices/import/table";
import type { InvoiceSideName } from "@/features/invoices/schema";
import { SIDE_WORDS } from "@/features/invoices/words";
import { csvText } from "@/lib/csv";

interface ChooseFileProps {
  side: InvoiceSideName;
  /** Why what was chosen before can't be read. */
  problem: string | null;
  onOpen: (name: string, decoded: Decoded) => void;
}

/** A file is chosen or dropped, or cells are pasted; nothing leaves the browser yet. */
export function ChooseFile({ side, problem, onOpen }: ChooseFileProps) {
  const { one, many } = SIDE_WORDS[side];
  const [pasted, setPasted] = useState("");
  const read = async (file: File | undefined) => {
    if (file) onOpen(file.name, await decodeFile(file));
  };
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <Card>
        <CardHeader
          title="Choose a file"
          description={`CSV from a spreadsheet or from accounting software, up to ${countWords(MOST_ROWS, one, many)}. You look it through before anything is added.`}
        />
        <CardBody className="flex flex-col gap-4">
          {problem && (
            <Alert tone="danger" live title="This can't be read">
              {problem}
            </Alert>
          )}
          <DropZone onFile={(file) => void read(file)} />
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
      <Columns side={side} />
    </div>
  );
}

function DropZone({ onFile }: { onFile: (file: File | undefined) => void }) {
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
      <FileUp aria-hidden className="size-6" />
      <span className="max-sm:hidden">Drop a CSV file here, or</span>
      <input
        id={id}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
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
                  <span className="font-normal text-muted"> optional</span>
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
