"use client";

import { FileUp } from "lucide-react";
import { type DragEvent, useId, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { buttonStyles } from "@/components/ui/button-styles";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { type Decoded, decodeFile } from "@/lib/tables/decode";

export interface ChooseTableProps {
  description: string;
  /** Why what was chosen before can't be read. */
  problem: string | null;
  onOpen: (name: string, decoded: Decoded) => void;
}

/** A file with a table is chosen or dropped, or cells are pasted. It is read here, in the browser. */
export function ChooseTable({ description, problem, onOpen }: ChooseTableProps) {
  const [pasted, setPasted] = useState("");
  const read = async (file: File | undefined) => {
    if (file) onOpen(file.name, await decodeFile(file));
  };
  return (
    <Card>
      <CardHeader title="Choose a file" description={description} />
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
