// Puts the clock of a process off, while it runs: loaded with `--import` in front of a portal or a worker by the chaos run, and by
// nothing else. The file that CHAOS_CLOCK names holds by how many milliseconds; it is read again four times a second. Timers keep
// their pace, as they do when the clock of a real machine is set.
import { readFileSync } from "node:fs";

const file = process.env.CHAOS_CLOCK ?? "";
const RealDate = Date;
let offsetMs = 0;

function readOffset() {
  try {
    offsetMs = Number(readFileSync(file, "utf8")) || 0;
  } catch {
    offsetMs = 0;
  }
}

readOffset();
setInterval(readOffset, 250).unref();

const now = () => RealDate.now() + offsetMs;

globalThis.Date = new Proxy(RealDate, {
  apply: () => new RealDate(now()).toString(),
  construct: (target, given, asked) => Reflect.construct(target, given.length === 0 ? [now()] : given, asked),
  get: (target, name, receiver) => (name === "now" ? now : Reflect.get(target, name, receiver)),
});
