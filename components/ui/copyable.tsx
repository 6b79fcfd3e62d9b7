import { CopyButton } from "./copy-button";

/** Words with a button that copies them: a name that goes into a bank's form. `label` says what they are: "account holder". */
export function Copyable({ label, value }: { label: string; value: string }) {
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      <span className="wrap-anywhere min-w-0">{value}</span>
      <CopyButton label={label} value={value} />
    </span>
  );
}
