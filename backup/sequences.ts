import type pg from "pg";
import { quoted } from "./catalog";
import type { Manifest } from "./manifest";

/** Lets every sequence go on where it was, so that the next row doesn't get a number that is taken. */
export async function setSequences(client: pg.Client, sequences: Manifest["sequences"]): Promise<void> {
  for (const { name, lastValue, isCalled } of sequences)
    await client.query("SELECT setval($1::regclass, $2::bigint, $3)", [quoted(name), lastValue, isCalled]);
}
