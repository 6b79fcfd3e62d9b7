import pg from "pg";
import { expect, test } from "vitest";
import { WalledPool, walledConnection } from "@/lib/wall";

// The sleep is where the connection ends: the signal alone might come after the answer.
const CUT = "SET ROLE NONE; SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(20)";

test.each([
  { whose: "statements", Pool: pg.Pool },
  { whose: "Prisma", Pool: WalledPool },
])(
  "a connection of the pool for $whose that breaks while it is taken fails its query, and ends nobody's process",
  async ({ Pool }) => {
    const pool = new Pool({ ...walledConnection(), max: 1 });
    const client = await pool.connect();
    await expect(client.query(CUT)).rejects.toThrow("terminating connection due to administrator command");
    // An error that nobody listens to would end the process, and here the run of the tests.
    await new Promise((resolve) => client.once("end", resolve));
    client.release();
    expect((await pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await pool.end();
  },
);
