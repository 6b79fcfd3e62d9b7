interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

export interface Limits {
  /** Runs under way at the same time. */
  atOnce: number;
  /** Items in one run. */
  most: number;
  /** Milliseconds after which a run that is still under way holds up the next one no longer. */
  patience: number;
}

/**
 * Batches what arrives at the same time: while one run is under way, new items wait and go into the next. A lone item never waits for
 * others; under load the runs grow, and each item costs less. When a run takes longer than `patience`, since it waits for a lock, say, the
 * next one starts beside it.
 */
export class Together<Item, Result> {
  readonly #waiting: Waiting<Item, Result>[] = [];
  #running = 0;
  #due = false;
  #lastStart = Number.NEGATIVE_INFINITY;
  #patience: NodeJS.Timeout | undefined;

  /** @param run gives each item's result, in their order; what it throws, each of its items throws */
  constructor(
    private readonly run: (items: Item[]) => Promise<readonly Result[]>,
    private readonly limits: Limits,
  ) {}

  /** The item's own result. */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#later();
    });
  }

  /** Not before everything that has arrived by now has been read. */
  #later(): void {
    if (this.#due) return;
    this.#due = true;
    setImmediate(() => {
      this.#due = false;
      this.#startWhatMay();
    });
  }

  #startWhatMay(): void {
    while (this.#waiting.length > 0 && this.#running < this.limits.atOnce) {
      const left = this.#running === 0 ? 0 : this.#lastStart + this.limits.patience - performance.now();
      if (left > 0) {
        this.#patience ??= setTimeout(() => {
          this.#patience = undefined;
          this.#startWhatMay();
        }, left);
        return;
      }
      void this.#start(this.#waiting.splice(0, this.limits.most));
    }
  }

  async #start(batch: Waiting<Item, Result>[]): Promise<void> {
    this.#running++;
    this.#lastStart = performance.now();
    try {
      const results = await this.run(batch.map(({ item }) => item));
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    this.#running--;
    if (this.#waiting.length > 0) this.#later();
  }
}
