"use client";

import { DayRange } from "@/components/lists/day-range";
import { ExportMenu } from "@/components/lists/export-menu";
import { useToday } from "@/components/today";
import { FilterBar } from "@/components/ui/filter-bar";
import { Select } from "@/components/ui/select";
import { type Period, QUICK_PERIODS, type QuickPeriod, quickPeriodOf } from "@/features/ledger/rules";
import type { TableFormat } from "@/lib/http/list-query";

const PERIOD_WORDS: Record<QuickPeriod, string> = {
  "this-year": "This financial year",
  "last-year": "Last financial year",
  "this-month": "This month",
  "last-month": "Last month",
};

interface LedgerFiltersProps {
  /** The days that are shown, whether the address says them or not. */
  period: Period;
  onChange: (change: { from?: string | null; to?: string | null }) => void;
  exportUrl: (format: TableFormat) => string;
}

/** Which days: one of the usual periods, or any. */
export function LedgerFilters({ period, onChange, exportUrl }: LedgerFiltersProps) {
  const today = useToday();
  const chosen = quickPeriodOf(period, today);
  return (
    <FilterBar actions={<ExportMenu hrefOf={exportUrl} />}>
      <Select
        aria-label="Period"
        className="w-48"
        value={chosen ?? ""}
        onChange={(event) => {
          const name = event.target.value as QuickPeriod | "";
          if (name) onChange(QUICK_PERIODS[name](today));
        }}
      >
        {chosen === null && <option value="">Other days</option>}
        {Object.entries(PERIOD_WORDS).map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </Select>
      <DayRange
        lead="From"
        labels={{ from: "Ledger from", to: "Ledger to" }}
        from={period.from}
        to={period.to}
        onChange={onChange}
      />
    </FilterBar>
  );
}
