import { FieldList } from "@/components/openapi/field-list";
import { OperationSection } from "@/components/openapi/operation-section";
import { Prose } from "@/components/openapi/prose";
import { SHARED_SHAPES } from "@/components/openapi/response-list";
import { Logo } from "@/components/shell/logo";
import { homeHref, referenceHref } from "@/components/shell/reference-links";
import { SkipLink } from "@/components/shell/skip-link";
import { LinkTabs } from "@/components/ui/link-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import type { ApiDocument } from "@/features/openapi/document";
import { fieldRows } from "@/features/openapi/fields";

function operationsOf(document: ApiDocument, tag: string) {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, operation]) => operation.tags.includes(tag))
      .map(([method, operation]) => ({ path, method, operation })),
  );
}

const anchorOf = (tag: string) => `tag-${tag.toLowerCase().replaceAll(" ", "-")}`;

/** Beside the operations on wide screens, folded away above them on narrow ones. */
function Contents({ document }: { document: ApiDocument }) {
  return document.tags.map(({ name }) => (
    <div key={name} className="mb-4">
      <a href={`#${anchorOf(name)}`} className="font-semibold text-[0.8125rem] hover:underline">
        {name}
      </a>
      <ul className="mt-1 flex flex-col">
        {operationsOf(document, name).map(({ operation }) => (
          <li key={operation.operationId}>
            <a
              href={`#${operation.operationId}`}
              className="block rounded-sm px-2 py-1 text-[0.8125rem] text-muted hover:bg-hover hover:text-ink"
            >
              {operation.summary}
            </a>
          </li>
        ))}
      </ul>
    </div>
  ));
}

interface ReferenceProps {
  document: ApiDocument;
  version: "v0" | "v1";
  /** The business that its reader came from. */
  from: string | string[] | undefined;
}

/** The reference of one API, rendered on the server from its OpenAPI document: every operation has its own address. */
export function Reference({ document, version, from: given }: ReferenceProps) {
  const from = [given].flat()[0];
  const json = `/api/openapi/${version}.json`;
  return (
    <div className="min-h-dvh">
      <SkipLink />
      <header className="flex items-center justify-between border-line border-b px-5 py-3 sm:px-8">
        <a href={homeHref(from)} aria-label="Chukta, to the portal" className="rounded-md">
          <Logo />
        </a>
        <ThemeToggle />
      </header>
      <div className="mx-auto flex w-full max-w-7xl gap-10 px-5 py-6 sm:px-8">
        <nav
          aria-label="Operations"
          // With room at its edges for what marks the focus, which would be cut off there.
          className="-m-1 sticky top-6 hidden max-h-[calc(100dvh-3rem)] w-62 shrink-0 self-start overflow-y-auto p-1 lg:block"
        >
          <Contents document={document} />
        </nav>
        <main id="main" tabIndex={-1} className="min-w-0 flex-1 outline-none">
          <LinkTabs
            label="APIs"
            className="mb-5"
            items={[
              { href: referenceHref("v1", from), label: "The portal's API", active: version === "v1" },
              { href: referenceHref("v0", from), label: "Payments over Bharat Connect", active: version === "v0" },
            ]}
          />
          <PageHeader title={document.info.title} description={<Prose>{document.info.description}</Prose>} />
          <p className="mb-6 text-muted text-sm">
            For tools, the same as an OpenAPI 3.1 document:{" "}
            <a href={json} className="font-medium text-accent-ink underline underline-offset-[3px]">
              {json}
            </a>
          </p>
          <details className="mb-6 rounded-md border border-line bg-surface lg:hidden">
            <summary className="cursor-pointer px-4 py-2.5 font-medium text-sm">Operations</summary>
            <nav aria-label="Operations on this page" className="px-4 pb-2">
              <Contents document={document} />
            </nav>
          </details>
          <section aria-labelledby="callers" className="mb-8">
            <h2 id="callers" className="mb-2 font-semibold text-lg">
              Who calls
            </h2>
            <dl className="divide-y divide-line rounded-lg border border-line bg-surface text-sm">
              {Object.entries(document.components.securitySchemes).map(([name, scheme]) => (
                <div key={name} className="grid gap-x-4 px-4 py-2.5 sm:grid-cols-[10rem_1fr]">
                  <dt className="font-mono text-[0.8125rem]">{name}</dt>
                  <dd className="text-muted">
                    <Prose>{scheme.description}</Prose>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
          {SHARED_SHAPES.filter((name) => document.components.schemas[name]).map((name) => (
            <section
              key={name}
              id={`shape-${name}`}
              aria-labelledby={`shape-${name}-title`}
              className="mb-8 scroll-mt-6"
            >
              <h2 id={`shape-${name}-title`} className="mb-2 font-semibold text-lg">
                When the answer is no
              </h2>
              <p className="mb-2 max-w-prose text-muted text-sm">
                Every error is a {name}
                {name === "Problem" &&
                  ", also that of an address that there isn't, or of a method that it doesn't take"}
                .
              </p>
              <FieldList rows={fieldRows({ $ref: `#/components/schemas/${name}` }, document.components.schemas)} />
            </section>
          ))}
          {document.tags.map(({ name }) => (
            <section key={name} aria-labelledby={anchorOf(name)} className="mb-10 flex flex-col gap-5">
              <h2 id={anchorOf(name)} className="scroll-mt-6 font-semibold text-lg">
                {name}
              </h2>
              {operationsOf(document, name).map((one) => (
                <OperationSection key={one.operation.operationId} document={document} {...one} />
              ))}
            </section>
          ))}
        </main>
      </div>
    </div>
  );
}
