import { Prose } from "@/components/openapi/prose";
import type { FieldRow } from "@/features/openapi/fields";

/** Fields with their kind and what is to know about each. */
export function FieldList({ rows }: { rows: readonly FieldRow[] }) {
  return (
    <dl className="divide-y divide-line rounded-md border border-line">
      {rows.map((row) => (
        <div key={row.path} className="grid gap-x-4 gap-y-0.5 px-3 py-2 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
          <dt className="min-w-0">
            <code className="break-all font-mono font-medium text-[0.8125rem]">{row.path}</code>
            {row.required && <span className="ml-2 text-warning-ink text-xs">required</span>}
          </dt>
          <dd className="min-w-0 text-[0.8125rem]">
            <span className="break-words text-accent-ink">{row.type}</span>
            {row.description && (
              <span className="block break-words text-muted">
                <Prose>{row.description}</Prose>
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
