/** How many there were lately: each counts less the longer ago it was, after `windowMs` milliseconds a third (1/e). */
export class RecentCount {
  private count = 0;
  private at = performance.now();

  constructor(private readonly windowMs: number) {}

  get value(): number {
    const now = performance.now();
    this.count *= Math.exp((this.at - now) / this.windowMs);
    this.at = now;
    return this.count;
  }

  add(more: number): void {
    this.count = this.value + more;
  }
}
