import { setMaxListeners } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { type Claimed, claimMessages } from "@/features/messages/mutations/claim";
import { attemptMessage } from "@/features/messages/mutations/deliver";
import { Doorbell } from "@/lib/doorbell";
import { logger } from "@/lib/logger";
import type { Clock } from "@/lib/time";
import { RecentCount } from "@/worker/recent-count";
import { Settler } from "@/worker/settler";
import { Slots } from "@/worker/slots";

/** Attempts under way at once: they wait for the network far longer than for the processor. */
const CONCURRENCY = 128;

/**
 * The longest wait, in milliseconds, after a look that filled all places: more messages are probably waiting, and the next look is made
 * once half of the places are free. A look that claims one message costs as much as one that claims many.
 */
const GATHER_MS = 25;

/** How often we look for messages whose time has come, in milliseconds: those that nobody rings for. */
const POLL_MS = 500;

/** How often we look under load, when nobody is asked to ring, in milliseconds. */
const BUSY_MS = 5;

/** How often we look while another worker has asked for rings, which may end without a word, in milliseconds. */
const ELSEWHERE_MS = 250;

/**
 * From this many messages in a tenth of a second on, looking every few milliseconds is cheaper than being told of each. Far below
 * what can be committed with a ring (240 a second where 1,300 can be without), or a ring would hide that there is more.
 */
const LOAD_PER_100_MS = 5;

/** After an error, in milliseconds. */
const PAUSE_MS = 500;

/** How long after the stop began an attempt is broken off, in milliseconds; another worker makes it again. */
const BREAK_OFF_MS = 6_000;

export interface Delivery {
  /** Claims nothing more, and resolves when what runs has ended and is written down. */
  stop: () => Promise<void>;
}

/** Sends what is queued to the network, from now on. */
export function startDelivery(clock: Clock): Delivery {
  const doorbell = new Doorbell();
  const sending = new Slots(CONCURRENCY);
  const settler = new Settler(() => sending.taken);
  const load = new RecentCount(100);
  const breakOff = new AbortController();
  setMaxListeners(0, breakOff.signal);
  let stopping = false;

  const send = async (message: Claimed) => {
    try {
      await settler.settle(await attemptMessage(message, clock, { signal: breakOff.signal }));
    } catch (err) {
      logger.error({ err, messageId: message.id }, "an attempt ended with an error");
    }
    // There is room for another, and the payment's next message may go.
    doorbell.ring();
  };

  /** One look for messages that are due, and a wait for the next one. */
  const look = async () => {
    const room = sending.free;
    if (room === 0) return sending.whenFree(1, POLL_MS);
    const messages = await claimMessages(clock(), room);
    for (const message of messages) sending.run(send(message));
    // Another worker may have been faster with what we were woken for.
    load.add(Math.max(messages.length, doorbell.takeCommits()));
    if (messages.length === room) await sending.whenFree(CONCURRENCY / 2, GATHER_MS);
    else if (load.value >= LOAD_PER_100_MS) {
      await doorbell.stopListening();
      await delay(BUSY_MS);
    } else if (doorbell.listens) await doorbell.wait(POLL_MS);
    else await fallAsleep(doorbell);
  };

  const run = async () => {
    while (!stopping) {
      try {
        await look();
      } catch (err) {
        logger.error({ err }, "could not look for messages to send");
        await delay(PAUSE_MS);
      }
    }
  };
  const running = run();

  return {
    stop: async () => {
      stopping = true;
      doorbell.ring();
      const timer = setTimeout(() => breakOff.abort(), BREAK_OFF_MS);
      await running;
      await sending.ended();
      clearTimeout(timer);
      await doorbell.close();
    },
  };
}

/** Asks for rings, so that the next wait may be a long one. */
async function fallAsleep(doorbell: Doorbell): Promise<void> {
  const listening = await doorbell.listen();
  if (listening === "elsewhere") await doorbell.wait(ELSEWHERE_MS);
  // Whoever is about to commit doesn't ring.
  else if (listening === "not-yet") await delay(BUSY_MS);
  else if (listening === "away") await doorbell.wait(20 * BUSY_MS);
}
