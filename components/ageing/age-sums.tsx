import { isWide } from "@/components/ageing/age-table";
import { Sum } from "@/components/lists/sum";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { Money } from "@/components/ui/money";
import type { Ageing } from "@/features/ageing/api";
import { AGES, type Age } from "@/features/ageing/rules";
import { paise } from "@/lib/money";

/** The older, the warmer. */
const COLOURS: Record<Age["field"], { fill: string; dot: string }> = {
  notDuePaise: { fill: "fill-accent", dot: "bg-accent" },
  late1To30Paise: { fill: "fill-saffron/60", dot: "bg-saffron/60" },
  late31To60Paise: { fill: "fill-saffron", dot: "bg-saffron" },
  late61To90Paise: { fill: "fill-danger/60", dot: "bg-danger/60" },
  lateOver90Paise: { fill: "fill-danger", dot: "bg-danger" },
};

/** What is due with all parties, by age: as a bar and in figures. */
export function AgeSums({ totals }: { totals: Ageing["totals"] }) {
  return (
    <Card aria-label="With all" className="mb-4 flex flex-col gap-4 px-4 py-4 sm:px-5">
      <AgeBar totals={totals} />
      <dl className={cn("grid gap-x-4 gap-y-3 sm:grid-cols-3", isWide(totals) ? "2xl:grid-cols-6" : "xl:grid-cols-6")}>
        {AGES.map(({ field, words }) => (
          <AgeSum key={field} dot={COLOURS[field].dot} words={words} amount={totals[field]} />
        ))}
        <Sum term="All that is due">
          <Money paise={paise(totals.duePaise)} className="font-semibold" />
        </Sum>
      </dl>
    </Card>
  );
}

function AgeSum({ dot, words, amount }: { dot: string; words: string; amount: number }) {
  return (
    <Sum
      term={
        <span className="flex items-center gap-1.5">
          <span aria-hidden className={cn("size-2 shrink-0 rounded-full forced-colors:hidden", dot)} />
          {words}
        </span>
      }
    >
      <Money paise={paise(amount)} className={amount > 0 ? "font-semibold" : "text-muted"} />
    </Sum>
  );
}

/** Each age's part of the whole, side by side; the figures beside it say the same in words. */
function AgeBar({ totals }: { totals: Ageing["totals"] }) {
  let from = 0;
  return (
    <svg
      aria-hidden
      viewBox="0 0 1000 1"
      preserveAspectRatio="none"
      className="h-2.5 w-full rounded-full bg-sunken forced-colors:hidden"
    >
      {AGES.map(({ field }) => {
        const width = totals.duePaise > 0 ? (totals[field] / totals.duePaise) * 1000 : 0;
        const x = from;
        from += width;
        return <rect key={field} x={x} width={width} height={1} className={COLOURS[field].fill} />;
      })}
    </svg>
  );
}
