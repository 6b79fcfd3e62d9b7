import { cn } from "@/components/ui/cn";

/** A UTR in groups of four, to compare with a bank statement. The gaps are space, not characters: it is read and copied whole. */
export function UtrText({ utr, className }: { utr: string; className?: string }) {
  // Only what looks like a UTR is grouped: "Cheque 000123 of SBI" reads better as it is.
  const groups = /^[A-Z0-9]{9,}$/i.test(utr) ? (utr.match(/.{1,4}/g) ?? [utr]) : [utr];
  let at = 0;
  return (
    <span className={cn("break-all font-mono", className)}>
      {groups.map((group, index) => {
        const key = at;
        at += group.length;
        return (
          <span key={key} className={cn("inline-block", index < groups.length - 1 && "mr-[0.5ch]")}>
            {group}
          </span>
        );
      })}
    </span>
  );
}
