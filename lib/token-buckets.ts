/** A bucket holds `burst` tokens and gets `perSecond` new ones a second; each call takes one. */
export interface Rate {
  perSecond: number;
  burst: number;
}

/**
 * Rate limits by key, counted in this process alone (docs/decisions/020). At most `maxKeys` buckets are held: the one that was
 * used longest ago makes room, and begins full again, so a flood of keys costs memory that is bounded.
 */
export class TokenBuckets {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  constructor(
    private readonly rate: Rate,
    private readonly maxKeys = 10_000,
  ) {}

  /** Takes one token. @returns null when there was one, else the whole seconds (1 or more) until there is */
  take(key: string, now: Date): number | null {
    const tokens = this.tokensOf(key, now);
    const taken = tokens >= 1;
    this.buckets.delete(key);
    this.buckets.set(key, { tokens: taken ? tokens - 1 : tokens, at: now.getTime() });
    if (this.buckets.size > this.maxKeys) this.buckets.delete(this.buckets.keys().next().value ?? key);
    return taken ? null : this.secondsUntilOne(tokens);
  }

  /** Looks without taking. @returns as `take` */
  wait(key: string, now: Date): number | null {
    const tokens = this.tokensOf(key, now);
    return tokens >= 1 ? null : this.secondsUntilOne(tokens);
  }

  private tokensOf(key: string, now: Date): number {
    const bucket = this.buckets.get(key);
    if (!bucket) return this.rate.burst;
    // A clock that was set back gives nothing, and takes nothing away.
    const elapsed = Math.max(0, now.getTime() - bucket.at) / 1000;
    return Math.min(this.rate.burst, bucket.tokens + elapsed * this.rate.perSecond);
  }

  private secondsUntilOne(tokens: number): number {
    return Math.ceil((1 - tokens) / this.rate.perSecond);
  }
}
