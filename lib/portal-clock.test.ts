import { afterEach, beforeEach, expect, test, vi } from "vitest";

const AT = "2026-11-23T06:00:00.000Z";

/** The clock of a page that has just been opened, in a browser whose own clock says `own`. */
async function openedAt(own: string) {
  vi.setSystemTime(own);
  vi.stubGlobal("window", {});
  vi.resetModules();
  const clock = await import("@/lib/portal-clock");
  return { ...clock, said: () => clock.portalNow().toISOString() };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test.each(["2026-11-24T06:00:00Z", "2026-11-23T11:30:00Z", "2026-11-22T06:00:00Z", AT])(
  "a page opened where it is %s has the portal's time, and goes on from there",
  async (own) => {
    const { hearTimeFirst, said } = await openedAt(own);
    hearTimeFirst(AT);
    expect(said()).toBe(AT);
    vi.advanceTimersByTime(90_000);
    expect(said()).toBe("2026-11-23T06:01:30.000Z");
  },
);

test("a clock that is put right while the page is open is believed at the next answer", async () => {
  const { hearTimeFirst, hearTime, said } = await openedAt("2026-11-24T06:00:00Z");
  hearTimeFirst(AT);
  vi.setSystemTime("2026-11-23T06:10:00Z");
  hearTime("Mon, 23 Nov 2026 06:10:00 GMT", Date.now() - 50);
  expect(said()).toBe("2026-11-23T06:10:00.000Z");
});

test("a page that comes as it came before takes no time back, and an answer without a date says nothing", async () => {
  const { hearTimeFirst, hearTime, said } = await openedAt("2026-11-23T07:00:00Z");
  hearTime("Mon, 23 Nov 2026 07:00:00 GMT", Date.now());
  hearTimeFirst(AT);
  hearTime(null, Date.now());
  hearTime("soon", Date.now());
  expect(said()).toBe("2026-11-23T07:00:00.000Z");
});

test("an answer that lay there while the machine slept is not taken for the time", async () => {
  const { hearTimeFirst, hearTime, said } = await openedAt(AT);
  hearTimeFirst(AT);
  const askedAt = Date.now();
  vi.setSystemTime("2026-11-23T14:00:00Z");
  hearTime("Mon, 23 Nov 2026 06:00:00 GMT", askedAt);
  expect(said()).toBe("2026-11-23T14:00:00.000Z");
});

test("the server goes by its own clock, whatever pages it makes", async () => {
  const { hearTimeFirst, said } = await openedAt("2026-11-23T07:00:00Z");
  vi.unstubAllGlobals();
  hearTimeFirst(AT);
  expect(said()).toBe("2026-11-23T07:00:00.000Z");
});
