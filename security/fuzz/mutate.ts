import { HOSTILE_KEYS, hostileNumber, hostileString, hostileValue } from "./hostile";
import { entriesOf, Members, Raw, writeJson } from "./json-text";
import type { Random } from "./random";

/** In characters. A list of copies of a list of copies soon takes more memory than there is; no caller could send that. */
const LARGEST = 16_000_000;

/** A place in a tree: where its value is read, and how another is put there. */
interface Slot {
  value: unknown;
  set: (next: unknown) => void;
  remove?: () => void;
}

/** The same tree with its objects as lists of members, so that any name can come twice. */
function loosen(value: unknown): unknown {
  if (value instanceof Raw) return value;
  if (Array.isArray(value)) return value.map(loosen);
  const entries = entriesOf(value);
  return entries ? new Members(entries.map(([name, member]) => [name, loosen(member)])) : value;
}

function collect(value: unknown, slots: Slot[]): void {
  if (slots.length > 400) return;
  if (Array.isArray(value))
    value.forEach((item, index) => {
      slots.push({
        value: item,
        set: (next) => {
          value[index] = next;
        },
        remove: () => void value.splice(index, 1),
      });
      collect(item, slots);
    });
  else if (value instanceof Members)
    for (const entry of value.entries) {
      slots.push({
        value: entry[1],
        set: (next) => {
          entry[1] = next;
        },
        remove: () => void value.entries.splice(value.entries.indexOf(entry), 1),
      });
      collect(entry[1], slots);
    }
}

function spoilString(text: string, random: Random): string {
  const at = random.int(text.length + 1);
  switch (random.int(6)) {
    case 0:
      return text.slice(0, at) + hostileString(random) + text.slice(at);
    case 1:
      return text.slice(0, at);
    case 2:
      return text.toLowerCase() === text ? text.toUpperCase() : text.toLowerCase();
    case 3:
      return ` ${text} `;
    case 4:
      return text.repeat(Math.min(random.length(300), Math.ceil(LARGEST / (text.length + 1))));
    default:
      return hostileString(random);
  }
}

function spoilList(list: unknown[], random: Random): unknown {
  if (random.chance(0.2)) return [];
  if (random.chance(0.3)) return [...list, hostileValue(random)];
  const item = list.length > 0 ? random.pick(list) : hostileValue(random);
  return [...list, ...Array.from({ length: random.length(600) }, () => item)];
}

function spoilMembers({ entries }: Members, random: Random): Members {
  const known = entries.length > 0 ? random.pick(entries) : undefined;
  if (known && random.chance(0.4))
    // The same name twice, with the same value or another; also written in another way.
    return new Members([...entries, [known[0], random.chance(0.5) ? known[1] : hostileValue(random)]]);
  if (known && random.chance(0.2))
    return new Members(
      entries.map(([name, value]) => (name === known[0] ? [spoilString(name, random), value] : [name, value])),
    );
  const extra: [string, unknown] = [random.pick(HOSTILE_KEYS), hostileValue(random)];
  return new Members(random.chance(0.5) ? [...entries, extra] : [extra, ...entries]);
}

/** What stands in a place once it is spoilt; undefined when nothing does. */
function spoilt({ value }: Slot, slots: readonly Slot[], random: Random): unknown {
  if (random.chance(0.15)) return undefined;
  if (random.chance(0.15)) return hostileValue(random);
  // A copy: a message can't hold itself.
  if (random.chance(0.05)) return loosen(random.pick(slots).value);
  if (random.chance(0.05)) return [value];
  if (typeof value === "string") return spoilString(value, random);
  if (typeof value === "number")
    return random.chance(0.7) ? hostileNumber(random) : value + random.pick([1, -1, 0.01, 0.001, -0.01]);
  if (Array.isArray(value)) return spoilList(value, random);
  if (value instanceof Members) return spoilMembers(value, random);
  return hostileValue(random);
}

/** As JSON, in characters; what stands in several places, as copies of copies do, is measured once. */
function sizeOf(value: unknown, measured = new Map<object, number>()): number {
  if (typeof value === "string") return value.length + 2;
  if (value instanceof Raw) return value.text.length;
  if (!(Array.isArray(value) || value instanceof Members)) return 8;
  let size = measured.get(value);
  if (size === undefined) {
    size = 2;
    if (value instanceof Members)
      for (const [name, member] of value.entries) size += name.length + 4 + sizeOf(member, measured);
    else for (const item of value) size += 1 + sizeOf(item, measured);
    measured.set(value, size);
  }
  return size;
}

/** A message like this one with something wrong in it: one place, or several; now and then in none, so that the fuzz also gets in. */
function mutateValue(value: unknown, random: Random): unknown {
  const root = { value: loosen(value) };
  const times = random.pick([0, 1, 1, 1, 1, 2, 2, 3, 5, 8]);
  for (let i = 0; i < times; i++) {
    const set = (next: unknown) => {
      root.value = next;
    };
    const slots: Slot[] = [{ value: root.value, set }];
    collect(root.value, slots);
    // The whole message is replaced more rarely than a part of it.
    const slot = slots[slots.length > 1 && random.chance(0.97) ? 1 + random.int(slots.length - 1) : 0] as Slot;
    const next = spoilt(slot, slots, random);
    if (next === undefined && slot.remove) slot.remove();
    else {
      slot.set(next);
      if (sizeOf(root.value) > LARGEST) slot.set(slot.value);
    }
  }
  return root.value;
}

const JUNK: readonly string[] = [
  "\uFEFF",
  " ".repeat(2000),
  "\0",
  "//",
  "/**/",
  ",",
  "}",
  "]",
  "null",
  "\u2028",
  "{}",
  "[]",
  "NaN",
];

/** A message's bytes, with something wrong in them that no JSON value could have. */
function mutateBytes(text: string, random: Random): Buffer {
  const bytes = Buffer.from(text);
  const at = random.int(bytes.length + 1);
  switch (random.int(8)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([random.int(256)]), bytes.subarray(at)]);
    case 2: {
      if (at < bytes.length) bytes[at] = random.int(256);
      return bytes;
    }
    case 3:
      return Buffer.from(random.pick(JUNK) + text);
    case 4:
      return Buffer.from(text + random.pick(JUNK));
    case 5:
      return Buffer.from(text, random.pick(["utf16le", "latin1"] as const));
    case 6:
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from([0xc0, 0x80, 0xed, 0xa0, 0x80, 0xff]),
        bytes.subarray(at),
      ]);
    default:
      return Buffer.from(text.replaceAll(":", random.pick([" : ", "::", "="])));
  }
}

/** The bytes of a hostile message made from a good one. */
export function hostileMessage(good: unknown, random: Random): Buffer {
  const text = writeJson(mutateValue(good, random));
  return random.chance(0.12) ? mutateBytes(text, random) : Buffer.from(text);
}
