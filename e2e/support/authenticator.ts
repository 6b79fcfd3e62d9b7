import { createHmac } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";

const STEP_MS = 30_000;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function fromBase32(text: string): Buffer {
  const bits = Array.from(text.replace(/\s/g, ""), (letter) => LETTERS.indexOf(letter).toString(2).padStart(5, "0"));
  return Buffer.from((bits.join("").match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** An authenticator app, written from RFC 6238 and not from what the portal uses. */
export class Authenticator {
  private lastStep = 0;

  /** @param key as the portal shows it, to be typed */
  constructor(private readonly key: string) {}

  private codeAt(step: number): string {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(step));
    const mac = createHmac("sha1", fromBase32(this.key)).update(counter).digest();
    const offset = (mac.at(-1) ?? 0) & 15;
    return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
  }

  /** A code that was not shown before: the present one, or else the next, for which it may wait. */
  async newCode(): Promise<string> {
    const step = Math.max(Math.floor(Date.now() / STEP_MS), this.lastStep + 1);
    // The portal takes the next step's code too, for clocks that are a little ahead.
    const wait = (step - 1) * STEP_MS - Date.now();
    if (wait > 0) await delay(wait);
    this.lastStep = step;
    return this.codeAt(step);
  }
}
