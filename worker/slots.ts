/** A number of places for work that runs side by side. */
export class Slots {
  private readonly running = new Set<Promise<void>>();
  private freed: (() => void) | null = null;

  constructor(private readonly size: number) {}

  get free(): number {
    return this.size - this.running.size;
  }

  get taken(): number {
    return this.running.size;
  }

  /** Takes a place until the work has ended. @param work must not reject */
  run(work: Promise<void>): void {
    const ended = work.then(() => {
      this.running.delete(ended);
      this.freed?.();
    });
    this.running.add(ended);
  }

  /** Returns when `places` are free, and after `ms` milliseconds at the latest. */
  async whenFree(places: number, ms: number): Promise<void> {
    if (this.free >= places) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.freed = () => {
        if (this.free < places) return;
        clearTimeout(timer);
        resolve();
      };
    });
    this.freed = null;
  }

  /** Resolves when all that runs now has ended. */
  async ended(): Promise<void> {
    await Promise.all(this.running);
  }
}
