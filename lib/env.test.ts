import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { describe, expect, test } from "vitest";
import { EnvironmentError, readEnvironment } from "@/lib/env";

const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const complete = {
  DATABASE_URL: "postgresql://chukta:secret@db.example:5432/chukta",
  NETWORK_URL: "https://network.example/",
  NETWORK_SIGNING_SECRETS: SECRET,
  AUTH_SECRET: "a-secret-of-at-least-32-characters",
};
const demo = parseEnv(readFileSync(".env.demo", "utf8"));

function problemsOf(source: Record<string, string | undefined>): readonly string[] {
  try {
    readEnvironment(source);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
  return [];
}

describe("settings", () => {
  test("are complete with four values; the rest have defaults", () => {
    expect(readEnvironment(complete)).toMatchObject({
      PORT: 3000,
      SANDBOX_PORT: 3100,
      DATA_DIR: ".data",
      PUBLIC_URL: "http://localhost:3000",
      NETWORK_URL: "https://network.example",
      NETWORK_SIGNING_SECRETS: [SECRET],
      NETWORK_ALLOWED_IPS: [],
      WORKER: "inline",
      LOG_LEVEL: "info",
      DEMO: false,
    });
  });

  test("take an empty value as unset, and the public address follows the port", () => {
    const env = readEnvironment({ ...complete, PORT: "8080", LOG_LEVEL: "", PUBLIC_URL: " " });
    expect(env.LOG_LEVEL).toBe("info");
    expect(env.PUBLIC_URL).toBe("http://localhost:8080");
  });

  test("take lists with commas, spaces or both", () => {
    const other = `whsec_${Buffer.alloc(24, 9).toString("base64")}`;
    const env = readEnvironment({
      ...complete,
      NETWORK_SIGNING_SECRETS: `${SECRET}, ${other}`,
      NETWORK_ALLOWED_IPS: "203.0.113.7 198.51.100.0/24,2001:db8::/32",
    });
    expect(env.NETWORK_SIGNING_SECRETS).toEqual([SECRET, other]);
    expect(env.NETWORK_ALLOWED_IPS).toEqual(["203.0.113.7", "198.51.100.0/24", "2001:db8::/32"]);
  });

  test("name a database's address whose password holds signs that end it", () => {
    // Two are read as other hosts with a path, one as the port 12.
    for (const password of ["se#cret", "s@cr/et", "s@et/c#r", "12/et", "s@cr?et"])
      expect(problemsOf({ ...complete, DATABASE_URL: `postgresql://chukta:${password}@db.example/chukta` })).toEqual([
        "DATABASE_URL: can't be read: signs such as # / ? @ in user and password are written %23 %2F %3F %40",
      ]);
    for (const fine of ["chukta:s%40%2F@db.example/chukta", "/chukta?host=/run/postgresql&user=chukta@server"])
      expect(problemsOf({ ...complete, DATABASE_URL: `postgresql://${fine}` })).toEqual([]);
  });

  test.each(["9", "-1", "1.5", "soon"])("a drain of %s seconds is refused in words", (seconds) => {
    expect(problemsOf({ DRAIN_SECONDS: seconds })).toContain(
      "DRAIN_SECONDS: must be a whole number of seconds, 8 at most",
    );
  });

  test("that are wrong or missing are all named at once, a line each", () => {
    const problems = problemsOf({
      PORT: "http",
      DATABASE_URL: "mysql://x",
      WORKER: "maybe",
      NETWORK_BEARER_TOKENS: ",",
    });
    expect(problems.map((line) => line.split(":")[0])).toEqual([
      ...["PORT", "DATABASE_URL", "AUTH_SECRET", "WORKER"],
      ...["NETWORK_SIGNING_SECRETS", "NETWORK_URL"],
    ]);
    expect(problems.every((line) => !line.includes("\n"))).toBe(true);
  });

  test.each(["PORT", "METRICS_PORT"])("a %s that is none is refused in words", (name) => {
    for (const value of ["70000", "-1", "80.5", "http"])
      expect(problemsOf({ ...complete, [name]: value }), value).toEqual([`${name}: must be a port number`]);
  });

  test("the portal's address may be this machine's without TLS, and any other with it", () => {
    for (const url of ["http://127.0.0.1:3000", "http://localhost/", "https://portal.example:8443"])
      expect(problemsOf({ ...complete, PUBLIC_URL: url }), url).toEqual([]);
  });

  test.each([
    ["NETWORK_SIGNING_SECRETS", "not-a-secret"],
    ["NETWORK_SIGNING_SECRETS", `whsec_${Buffer.alloc(8).toString("base64")}`],
    ["NETWORK_BEARER_TOKENS", "short"],
    ["NETWORK_ALLOWED_IPS", "10.0.0.0/33"],
    ["NETWORK_ALLOWED_IPS", "network.example"],
    ["NETWORK_URL", "ftp://network.example"],
    ["NETWORK_SIGNING_SECRETS", `whsec_${"b".repeat(41)}`],
    ["PUBLIC_URL", "chukta.example"],
    ["PUBLIC_URL", "https://acme.example/chukta"],
    ["PUBLIC_URL", "http://portal.acme.example"],
    ["METRICS_PORT", "3000"],
    ["AUTH_SECRET", "short"],
  ])("refuse %s=%s", (name, value) => {
    expect(problemsOf({ ...complete, [name]: value })).toEqual([expect.stringMatching(`^${name}: `)]);
  });
});

describe("outside the demo", () => {
  test("the portal refuses to start when it couldn't know the network's calls", () => {
    expect(problemsOf({ ...complete, NETWORK_SIGNING_SECRETS: "" })).toEqual([
      expect.stringContaining("can't tell the network's calls from a stranger's"),
    ]);
  });

  test.each(["NETWORK_BEARER_TOKENS", "NETWORK_ALLOWED_IPS"])("%s alone is enough to know them", (name) => {
    const value = name === "NETWORK_ALLOWED_IPS" ? "203.0.113.7" : "a-token-of-24-characters-or-more";
    expect(problemsOf({ ...complete, NETWORK_SIGNING_SECRETS: "", [name]: value })).toEqual([]);
  });

  test("the network's address must be set", () => {
    expect(problemsOf({ ...complete, NETWORK_URL: undefined })).toEqual([expect.stringMatching(/^NETWORK_URL: /)]);
  });

  test("every secret of .env.demo is refused, also among others", () => {
    const secrets = Object.entries(demo).filter(([name]) => /SECRET|TOKEN/.test(name));
    expect(secrets.length).toBeGreaterThanOrEqual(2);
    for (const [name, value] of secrets) {
      const mixed = name.endsWith("S") ? `${SECRET},${value}` : value;
      expect(problemsOf({ ...complete, [name]: mixed })).toEqual([expect.stringMatching(`^${name}: .*\\.env\\.demo`)]);
    }
  });
});

describe("in the demo", () => {
  const started = { ...demo, CHUKTA_DEMO: "1", DATABASE_URL: complete.DATABASE_URL };

  test("the committed values are enough, and the network is the sandbox", () => {
    expect(readEnvironment({ ...started, SANDBOX_PORT: "4100" })).toMatchObject({
      DEMO: true,
      NETWORK_URL: "http://localhost:4100",
    });
  });

  test("a network elsewhere is refused, since the demo's secrets are public", () => {
    expect(problemsOf({ ...started, NETWORK_URL: "https://network.example" })).toEqual([
      expect.stringMatching(/^NETWORK_URL: /),
    ]);
  });
});
