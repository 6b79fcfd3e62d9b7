/** Runs tasks of one lane one after the other, in the order in which they came, and lanes side by side. */
export class Lanes {
  private readonly tails = new Map<string, Promise<void>>();

  run<Result>(lane: string, task: () => Promise<Result>): Promise<Result> {
    const before = this.tails.get(lane) ?? Promise.resolve();
    const result = before.then(task);
    const tail = result.then(
      () => {},
      () => {},
    );
    this.tails.set(lane, tail);
    void tail.then(() => {
      if (this.tails.get(lane) === tail) this.tails.delete(lane);
    });
    return result;
  }
}
