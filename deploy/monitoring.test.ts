import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { publishFigures } from "@/features/health/publish";
import { metrics } from "@/lib/metrics";
import { watchPool } from "@/lib/metrics-pools";
import { COMPOSE } from "./compose";
import { readPromql } from "./testing/promql";

// The dashboard and the alerts ask for what the portal and the worker really have.

const read = (file: string) => readFileSync(join(import.meta.dirname, file), "utf8");

interface Panel {
  title: string;
  targets: { expr: string }[];
  gridPos: { x: number; y: number; w: number; h: number };
}
interface Rule {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string; runbook: string };
}

const { panels } = JSON.parse(read("grafana/chukta.json")) as { panels: Panel[] };
const rules = (parse(read("prometheus/alerts.yml")) as { groups: { rules: Rule[] }[] }).groups.flatMap(
  ({ rules }) => rules,
);
const expressions = [
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
];

/** Each metric by the names that its samples have, with its labels. */
let known: Map<string, Set<string>>;

beforeAll(() => {
  publishFigures();
  watchPool("test", { options: { max: 1 }, totalCount: 0, idleCount: 0, waitingCount: 0 });
  // What Prometheus itself knows of everything that it reads.
  known = new Map([["up", new Set<string>()]]);
  for (const metric of metrics().registry.getMetricsAsArray() as unknown as {
    name: string;
    labelNames?: string[];
    buckets?: [];
  }[])
    for (const suffix of metric.buckets ? ["_bucket", "_count", "_sum"] : [""])
      known.set(metric.name + suffix, new Set([...(metric.labelNames ?? []), ...(suffix === "_bucket" ? ["le"] : [])]));
});

test("a portal that is down is still asked for, so that PortalDown notices", () => {
  const { scrape_configs: jobs } = parse(read("prometheus/prometheus.yml")) as {
    scrape_configs: { job_name: string; static_configs?: { targets: string[] }[] }[];
  };
  const portals = Object.keys(COMPOSE.services).filter((name) => name.startsWith("portal"));
  const targets = jobs.find(({ job_name: name }) => name === "portal")?.static_configs?.flatMap((one) => one.targets);
  expect(portals.length).toBeGreaterThan(1);
  expect(targets).toEqual(portals.map((name) => `${name}:9464`));
});

test.each(expressions)("%s: %s", (_where, expression) => {
  const { metrics: names, labels } = readPromql(expression);
  expect(names.length).toBeGreaterThan(0);
  const found = new Set(["job", "instance"]);
  for (const name of names) {
    expect([...known.keys()]).toContain(name);
    for (const label of known.get(name) ?? []) found.add(label);
  }
  for (const label of labels) expect([...found]).toContain(label);
});

test("what isn't PromQL, or isn't there, would be found", () => {
  expect(() => readPromql("sum(rate(chukta_jobs[5m])")).toThrow("not PromQL");
  expect(readPromql('sum by (a) (x{b="c"}) / y').metrics).toEqual(["x", "y"]);
  expect(readPromql('sum by (a) (x{b="c"}) / y').labels).toEqual(["a", "b"]);
});

test("every metric of our own is on the dashboard or behind an alert", () => {
  const shown = new Set(expressions.flatMap(([, expression]) => readPromql(expression).metrics));
  const own = [...known.keys()].filter((name) => name.startsWith("chukta_"));
  const unseen = own.filter((name) => !shown.has(name) && !/_(sum|count|bucket)$/.test(name));
  expect(unseen).toEqual([]);
});

describe("the alerts", () => {
  const operations = readFileSync("docs/operations.md", "utf8");
  const headings = [...operations.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w -]/g, "")
      .replaceAll(" ", "-"),
  );

  test.each(rules.map((rule) => [rule.alert, rule] as const))("%s says what to do", (name, { labels, annotations }) => {
    expect(["page", "ticket"]).toContain(labels.severity);
    expect(annotations.summary).not.toBe("");
    expect(annotations.runbook).toBe(`docs/operations.md#${name.toLowerCase()}`);
    expect(headings).toContain(name.toLowerCase());
  });
});

test("no panel lies on another", () => {
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, at) => `${x + (at % w)},${y + Math.floor(at / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  expect(Math.max(...panels.map(({ gridPos }) => gridPos.x + gridPos.w))).toBeLessThanOrEqual(24);
});
