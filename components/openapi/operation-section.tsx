import type { ReactNode } from "react";
import { CodeBlock } from "@/components/openapi/code-block";
import { FieldList } from "@/components/openapi/field-list";
import { Prose } from "@/components/openapi/prose";
import { ResponseList } from "@/components/openapi/response-list";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";
import { curlOf } from "@/features/openapi/curl";
import type { ApiDocument, ApiOperation } from "@/features/openapi/document";
import { fieldRows, fieldWords, typeWords } from "@/features/openapi/fields";
import { V1_TAKEN } from "@/features/openapi/v1-examples";

const METHOD_TONES: Record<string, Tone> = { get: "info", post: "success", patch: "warning", delete: "danger" };

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-2">
      <h4 className="font-semibold text-sm">{title}</h4>
      {children}
    </div>
  );
}

interface OperationSectionProps {
  document: ApiDocument;
  path: string;
  method: string;
  operation: ApiOperation;
}

/** One operation: what it does, what it takes, an example for the shell, and what it answers. */
export function OperationSection({ document, path, method, operation }: OperationSectionProps) {
  const { schemas } = document.components;
  const parameters = (operation.parameters ?? []).map((parameter) => ({
    path: parameter.name,
    type: typeWords(parameter.schema, schemas),
    required: parameter.required,
    description: [parameter.description, fieldWords(parameter.schema, schemas)].filter(Boolean).join(" "),
  }));
  const [media] = Object.values(operation.requestBody?.content ?? {});
  return (
    <section
      id={operation.operationId}
      aria-labelledby={`${operation.operationId}-title`}
      className="flex scroll-mt-6 flex-col gap-5 rounded-lg border border-line bg-surface p-4 shadow-xs sm:p-6"
    >
      <header className="flex flex-col gap-2">
        <h3 id={`${operation.operationId}-title`} className="font-semibold text-base">
          <a href={`#${operation.operationId}`} className="hover:underline">
            {operation.summary}
          </a>
        </h3>
        <p className="flex flex-wrap items-center gap-2">
          <Badge tone={METHOD_TONES[method] ?? "neutral"}>{method.toUpperCase()}</Badge>
          <code className="min-w-0 break-all font-mono text-[0.8125rem]">{path}</code>
        </p>
        {operation.description && (
          <p className="max-w-prose whitespace-pre-line text-muted text-sm">
            <Prose>{operation.description}</Prose>
          </p>
        )}
      </header>
      {parameters.length > 0 && (
        <Part title="Parameters">
          <FieldList rows={parameters} />
        </Part>
      )}
      {media && (
        <Part title="Body">
          {operation.requestBody?.description && (
            <p className="text-muted text-sm">{operation.requestBody.description}</p>
          )}
          <FieldList rows={fieldRows(media.schema, schemas)} />
        </Part>
      )}
      <Part title="Example">
        {(V1_TAKEN[operation.operationId] ?? []).map(({ variable, from }) => (
          <p key={variable} className="max-w-prose text-muted text-sm">
            <Prose>{`\`$${variable}\`: ${from}.`}</Prose>
          </p>
        ))}
        <CodeBlock label="curl" code={curlOf(document, path, method, operation)} />
      </Part>
      <Part title="Replies">
        <ResponseList responses={operation.responses} schemas={schemas} />
      </Part>
    </section>
  );
}
