import { formatRupees, type Paise } from "@/lib/money";
import { cn } from "./cn";

interface MoneyProps {
  paise: Paise;
  /** Quiet paise, where the rupees are what one reads: ".50" in the muted colour. */
  mutedPaise?: boolean;
  className?: string;
}

/** An amount: ₹1,23,456.50, in tabular figures, never broken over two lines. */
export function Money({ paise, mutedPaise = false, className }: MoneyProps) {
  const text = formatRupees(paise);
  const point = text.lastIndexOf(".");
  return (
    <span className={cn("whitespace-nowrap tabular-nums", className)}>
      {mutedPaise ? (
        <>
          {text.slice(0, point)}
          <span className="font-normal text-muted">{text.slice(point)}</span>
        </>
      ) : (
        text
      )}
    </span>
  );
}
