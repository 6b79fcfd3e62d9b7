import { CopyButton } from "@/components/ui/copy-button";

interface CodeBlockProps {
  /** What is in it: "curl". The copy button is called by it. */
  label: string;
  code: string;
}

/** Text for a shell or an editor, copied with one press. It scrolls on its own, also by keyboard. */
export function CodeBlock({ label, code }: CodeBlockProps) {
  return (
    <figure className="overflow-hidden rounded-md border border-line bg-sunken">
      <figcaption className="flex items-center justify-between border-line border-b py-1 pr-1.5 pl-3 text-muted text-xs">
        {label}
        <CopyButton label={label} value={code} />
      </figcaption>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls, and a section would be a landmark in the page's outline */}
      <div
        role="group"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-96 overflow-auto focus-visible:-outline-offset-2"
      >
        <pre className="p-3 font-mono text-[0.8125rem] leading-5">{code}</pre>
      </div>
    </figure>
  );
}
