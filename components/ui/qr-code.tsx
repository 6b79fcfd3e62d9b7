import { encodeQR } from "qr";
import { cn } from "./cn";

interface QrCodeProps {
  /** What it says. */
  value: string;
  /** What it is for, to who can't see it. */
  label: string;
  className?: string;
}

/** A QR code: dark on white in both themes, since many cameras read no other. */
export function QrCode({ value, label, className }: QrCodeProps) {
  const rows = encodeQR(value, "raw", { ecc: "medium", border: 2 });
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : []))).join("");
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      shapeRendering="crispEdges"
      className={cn("rounded-md border border-line", className)}
    >
      <rect width="100%" height="100%" className="fill-[#fff]" />
      <path d={path} className="fill-[#000]" />
    </svg>
  );
}
