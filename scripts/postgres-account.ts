import { statSync } from "node:fs";
import { dirname } from "node:path";
import { Problem } from "./problem";
import { runCommand } from "./processes";

/** Whom PostgreSQL, which refuses to run as root, runs as when this process does. */
export interface ServerAccount {
  uid: number;
  gid: number;
  /** The folders above are closed to that user (a checkout in /root), so it needs leave to pass through them. */
  needsPassage: boolean;
}

type SpawnAs = readonly [command: string, args: readonly string[], options: { uid?: number; gid?: number }];

async function idOf(user: string): Promise<{ uid: number; gid: number } | null> {
  const results = await Promise.all(["-u", "-g"].map((flag) => runCommand("id", [flag, user], { quiet: true })));
  const [uid, gid] = results.map(({ code, output }) => (code === 0 ? Number(output) : Number.NaN));
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid: uid as number, gid: gid as number } : null;
}

function canPass(path: string, uid: number): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid: owner } = statSync(folder);
    if ((mode & (owner === uid ? 0o100 : 0o001)) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * The account for the server: none when this process isn't root; else the one that owns the data already, the machine's
 * `postgres`, or `nobody`. No user is added to the machine.
 */
export async function serverAccount(paths: readonly string[], owner?: number): Promise<ServerAccount | null> {
  if (process.getuid?.() !== 0) return null;
  const found =
    owner !== undefined
      ? await idOf(String(owner)).catch(() => null)
      : ((await idOf("postgres")) ?? (await idOf("nobody")));
  if (!found || found.uid === 0)
    throw new Problem(
      "PostgreSQL doesn't run as root, and there is no other user to run it as: start this as a normal user.",
    );
  const needsPassage = !paths.every((path) => canPass(path, found.uid));
  if (
    needsPassage &&
    (await runCommand("setpriv", ["--version"], { quiet: true }).catch(() => ({ code: 1 }))).code !== 0
  )
    throw new Problem(
      "PostgreSQL doesn't run as root, and no other user may enter this folder: move it (to /srv, say) or start this as a normal user.",
    );
  return { ...found, needsPassage };
}

/** How to start a program as that account. */
export function commandAs(account: ServerAccount | null, command: string, args: readonly string[]): SpawnAs {
  if (!account) return [command, args, {}];
  if (!account.needsPassage) return [command, args, { uid: account.uid, gid: account.gid }];
  const identity = [`--reuid=${account.uid}`, `--regid=${account.gid}`, "--clear-groups"];
  const passage = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"];
  return ["setpriv", [...identity, ...passage, command, ...args], {}];
}
