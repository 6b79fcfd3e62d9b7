import { parser } from "@prometheus-io/lezer-promql";

/** What an expression asks for: its metrics, and the labels that it names. @throws Error where it isn't PromQL */
export function readPromql(expression: string): { metrics: string[]; labels: string[] } {
  const metrics: string[] = [];
  const labels: string[] = [];
  parser.parse(expression).iterate({
    enter: ({ type, from, to, name }) => {
      const text = expression.slice(from, to);
      if (type.isError) throw new Error(`not PromQL at "${expression.slice(from)}": ${expression}`);
      if (name === "VectorSelector") metrics.push(/^\w+/.exec(text)?.[0] ?? "");
      if (name === "LabelName") labels.push(text);
    },
  });
  return { metrics, labels };
}
