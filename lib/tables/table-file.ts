import "server-only";
import { csvLine, csvText } from "@/lib/csv";
import type { TableFormat } from "@/lib/http/list-query";
import { TABLE_TYPES } from "@/lib/http/operation";
import { WorkbookWriter } from "@/lib/tables/xlsx/write";

type Row = readonly (string | number)[];

/** Writes a file piece by piece. */
interface Writer {
  begin: () => Uint8Array;
  write: (rows: readonly Row[]) => Uint8Array;
  end: () => Uint8Array;
}

function csvWriter(headings: readonly string[]): Writer {
  const encoder = new TextEncoder();
  return {
    begin: () => encoder.encode(csvText([headings])),
    write: (rows) => encoder.encode(rows.map(csvLine).join("")),
    end: () => new Uint8Array(),
  };
}

function workbookWriter(name: string, headings: readonly string[]): Writer {
  const workbook = new WorkbookWriter(name, headings);
  return { begin: () => workbook.write([]), write: (rows) => workbook.write(rows), end: () => workbook.end() };
}

/**
 * A table as a file that is downloaded, read page by page while it is sent, so that its length doesn't matter.
 * @param name without its ending; a workbook's sheet is called so, too
 */
export function tableResponse<Item>(
  format: TableFormat,
  name: string,
  headings: readonly string[],
  pages: AsyncIterable<readonly Item[]>,
  toRow: (item: Item) => Row,
): Response {
  const writer = format === "csv" ? csvWriter(headings) : workbookWriter(name, headings);
  const iterator = pages[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(writer.begin());
    },
    async pull(controller) {
      const next = await iterator.next();
      controller.enqueue(next.done ? writer.end() : writer.write(next.value.map(toRow)));
      if (next.done) controller.close();
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  return new Response(body, {
    headers: {
      "content-type": TABLE_TYPES[format],
      "content-disposition": `attachment; filename="${name}.${format}"`,
      "cache-control": "no-store",
    },
  });
}
