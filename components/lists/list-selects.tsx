import { Select } from "@/components/ui/select";

interface OrderSelectProps<Sort extends string> {
  value: Sort;
  onChange: (sort: Sort) => void;
  /** What each order is called; only those listed are offered. */
  words: Partial<Record<Sort, string>>;
  className?: string;
}

/** The order of a list. Left as it is it shows on a phone alone: elsewhere column headings sort a list, where it has such. */
export function OrderSelect<Sort extends string>({
  value,
  onChange,
  words,
  className = "md:hidden",
}: OrderSelectProps<Sort>) {
  return (
    <Select
      aria-label="Order"
      className={className}
      value={value}
      onChange={(event) => onChange(event.target.value as Sort)}
    >
      <Options words={words} />
    </Select>
  );
}

interface StatusSelectProps<Status extends string> {
  value: Status | null;
  onChange: (status: Status | null) => void;
  /** What each status is called; only those listed are offered. */
  words: Partial<Record<Status, string>>;
}

/** Shows only what has one status; null for any. */
export function StatusSelect<Status extends string>({ value, onChange, words }: StatusSelectProps<Status>) {
  return (
    <Select
      aria-label="Status"
      className="w-40"
      value={value ?? ""}
      onChange={(event) => onChange((event.target.value || null) as Status | null)}
    >
      <option value="">Any status</option>
      <Options words={words} />
    </Select>
  );
}

function Options({ words }: { words: Partial<Record<string, string>> }) {
  return Object.entries(words).map(([value, label]) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
}
