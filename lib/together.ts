interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * Runs together what comes in together: while `atOnce` runs are under way, items wait and go into the next run, at most `most` of them.
 * A lone item never waits for others. The more comes in, the larger the runs, and the less each item costs.
 */
export class Together<Item, Result> {
  readonly #waiting: Waiting<Item, Result>[] = [];
  #running = 0;
  #due = false;

  /** @param run gives each item's result, in their order; what it throws, each of its items throws */
  constructor(
    private readonly run: (items: Item[]) => Promise<readonly Result[]>,
    private readonly limits: { atOnce: number; most: number },
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
      while (this.#running < this.limits.atOnce && this.#waiting.length > 0)
        void this.#start(this.#waiting.splice(0, this.limits.most));
    });
  }

  async #start(batch: Waiting<Item, Result>[]): Promise<void> {
    this.#running++;
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
