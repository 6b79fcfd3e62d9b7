import { type FileHandle, mkdir, open, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";

const Taken = z.object({
  event: z.literal("taken"),
  at: z.iso.datetime(),
  reqMsgId: z.string(),
  operation: z.enum(["req-pay", "req-pay-confirmation"]),
  webhookId: z.string().nullable(),
  body: z.string(),
});
const Answered = z.object({
  event: z.literal("answered"),
  at: z.iso.datetime(),
  reqMsgId: z.string(),
  result: z.enum(["SUCCESS", "FAILURE"]),
  outcome: z.string(),
});
const Settled = z.object({ event: z.literal("settled"), at: z.iso.datetime(), reqMsgId: z.string() });

/** What the network promised: a request taken, its answer known, its outcome delivered. */
const Entry = z.discriminatedUnion("event", [Taken, Answered, Settled]);
export type JournalEntry = z.output<typeof Entry>;

/**
 * An append-only file of JSON lines: what was acked is in it before the ack goes out, so that neither Ctrl-C nor a kill loses a
 * message. It is not synced to the disk: a power cut may take the last lines, which a pretend network can afford.
 */
export class Journal {
  private pending: { line: string; written: () => void; failed: (error: unknown) => void }[] = [];
  private handle: FileHandle | null = null;
  private writing: Promise<void> | null = null;

  /** @param file null keeps nothing */
  constructor(private readonly file: string | null) {}

  /** Everything written so far. A last line that a kill cut short, or one that can't be read, is left out. */
  async read(): Promise<JournalEntry[]> {
    if (this.file === null) return [];
    const text = await readFile(this.file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    });
    return text.split("\n").flatMap((line) => {
      const entry = line ? Entry.safeParse(json(line)).data : undefined;
      return entry ? [entry] : [];
    });
  }

  /** Writes the file afresh with only these entries; the old one stays whole until the new one is. */
  async rewrite(entries: readonly JournalEntry[]): Promise<void> {
    const { file } = this;
    if (file === null) return;
    while (this.writing) await this.writing;
    this.writing = this.replace(file, entries).finally(() => this.next());
    await this.writing;
  }

  /** Settles when the entry is written. What comes while a write is under way is written together. */
  append(entry: JournalEntry): Promise<void> {
    if (this.file === null) return Promise.resolve();
    return new Promise((written, failed) => {
      this.pending.push({ line: `${JSON.stringify(entry)}\n`, written, failed });
      if (!this.writing) this.next();
    });
  }

  async close(): Promise<void> {
    while (this.writing) await this.writing;
    await this.handle?.close();
    this.handle = null;
  }

  private next(): void {
    this.writing = this.pending.length > 0 ? this.write().finally(() => this.next()) : null;
  }

  private async replace(file: string, entries: readonly JournalEntry[]): Promise<void> {
    await this.handle?.close();
    this.handle = null;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.new`, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
    await rename(`${file}.new`, file);
  }

  private async write(): Promise<void> {
    const batch = this.pending;
    this.pending = [];
    try {
      this.handle ??= await this.openFile(this.file as string);
      await this.handle.appendFile(batch.map(({ line }) => line).join(""));
      for (const { written } of batch) written();
    } catch (error) {
      for (const { failed } of batch) failed(error);
    }
  }

  private async openFile(file: string): Promise<FileHandle> {
    await mkdir(dirname(file), { recursive: true });
    const handle = await open(file, "a+");
    const { size } = await handle.stat();
    const last = size > 0 ? (await handle.read(Buffer.alloc(1), 0, 1, size - 1)).buffer.toString() : "\n";
    // After a kill in the middle of a line the next entry must not be glued to what is left of it.
    if (last !== "\n") await handle.appendFile("\n");
    return handle;
  }
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
