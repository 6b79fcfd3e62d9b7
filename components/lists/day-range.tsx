import { DateInput } from "@/components/ui/date-input";

interface DayRangeProps {
  /** What stands before the two days. */
  lead: string;
  /** What the two fields are called where they are read out. */
  labels: { from: string; to: string };
  from: string | null;
  to: string | null;
  onChange: (change: { from: string | null } | { to: string | null }) => void;
}

/** From one day to another, each 2026-11-20 or null; both belong to it. */
export function DayRange({ lead, labels, from, to, onChange }: DayRangeProps) {
  const className = "min-w-0 flex-1 max-sm:px-2 max-sm:text-[0.8125rem]";
  return (
    <div className="flex w-full items-center gap-1.5 text-[0.8125rem] text-muted sm:w-auto">
      {lead}
      <DateInput
        aria-label={labels.from}
        className={className}
        value={from ?? ""}
        onChange={(event) => onChange({ from: event.target.value || null })}
      />
      to
      <DateInput
        aria-label={labels.to}
        className={className}
        value={to ?? ""}
        onChange={(event) => onChange({ to: event.target.value || null })}
      />
    </div>
  );
}
