import { createHash } from "node:crypto";

/** Random numbers that a seed repeats: sfc32, small and fast. */
export class Random {
  private constructor(
    private a: number,
    private b: number,
    private c: number,
    private counter: number,
  ) {}

  /** The same numbers for the same words, on every machine. */
  static of(...words: (string | number)[]): Random {
    const digest = createHash("sha256").update(words.join("\0")).digest();
    return new Random(digest.readInt32LE(0), digest.readInt32LE(4), digest.readInt32LE(8), 1);
  }

  private next(): number {
    const t = (this.a + this.b + this.counter++) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + t;
    return (this.c >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to `below` - 1. */
  int(below: number): number {
    return Math.floor(this.next() * below);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new Error("nothing to pick from");
    return items[this.int(items.length)] as T;
  }

  /** A length: mostly short, rarely up to `most`. */
  length(most: number): number {
    return Math.floor(most ** this.next()) - (this.chance(0.2) ? 1 : 0);
  }

  hex(count: number): string {
    return Array.from({ length: count }, () => this.int(16).toString(16)).join("");
  }
}
