import { ChevronRight } from "lucide-react";
import { CodeBlock } from "@/components/openapi/code-block";
import { FieldList } from "@/components/openapi/field-list";
import { Prose } from "@/components/openapi/prose";
import { Badge } from "@/components/ui/badge";
import type { ApiResponse, Schema } from "@/features/openapi/document";
import { fieldRows } from "@/features/openapi/fields";

interface ResponseListProps {
  responses: Record<string, ApiResponse>;
  schemas: Record<string, Schema>;
}

const nameOf = (schema: Schema) => schema.$ref?.split("/").at(-1);

/** Shapes that nearly every operation answers with: told once on the page. */
export const SHARED_SHAPES = ["Problem", "Refusal"] as const;
const isShared = (schema: Schema) => SHARED_SHAPES.some((name) => name === nameOf(schema));

function Reply({ response, schemas }: { response: ApiResponse; schemas: Record<string, Schema> }) {
  return Object.entries(response.content ?? {}).map(([type, { schema, examples = {} }]) => {
    const options = schema.anyOf ?? [schema];
    return (
      <div key={type} className="flex flex-col gap-3 p-3">
        <p className="text-muted text-xs">{type}</p>
        {options.map((option, index) => {
          const rows = fieldRows(option, schemas);
          const name = nameOf(option) ?? `Shape ${index + 1}`;
          if (isShared(option)) {
            return (
              <p key={name} className="text-[0.8125rem]">
                <a href={`#shape-${name}`} className="font-medium text-accent-ink underline underline-offset-[3px]">
                  The fields of {name}
                </a>
              </p>
            );
          }
          return (
            rows.length > 0 && (
              <div key={name} className="flex flex-col gap-1.5">
                {options.length > 1 && <h5 className="font-medium text-[0.8125rem]">{name}</h5>}
                <FieldList rows={rows} />
              </div>
            )
          );
        })}
        {Object.entries(examples).map(([name, example]) => (
          <CodeBlock key={name} label={example.summary ?? name} code={JSON.stringify(example.value, null, 2)} />
        ))}
      </div>
    );
  });
}

/** What an operation answers, by status; each opens to its fields. */
export function ResponseList({ responses, schemas }: ResponseListProps) {
  return (
    <div className="divide-y divide-line rounded-md border border-line">
      {Object.entries(responses).map(([status, response]) => (
        <details key={status} className="group/reply">
          <summary className="flex cursor-pointer list-none items-start gap-2 px-3 py-2 text-[0.8125rem] hover:bg-hover">
            <ChevronRight aria-hidden className="mt-0.5 size-4 shrink-0 text-muted group-open/reply:rotate-90" />
            <Badge tone={status.startsWith("2") ? "success" : "neutral"}>{status}</Badge>
            <span className="min-w-0 whitespace-pre-line break-words">
              <Prose>{response.description}</Prose>
            </span>
          </summary>
          <Reply response={response} schemas={schemas} />
        </details>
      ))}
    </div>
  );
}
