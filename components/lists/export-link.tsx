import { Download } from "lucide-react";
import { buttonStyles } from "@/components/ui/button-styles";

/** Saves a list as a file: all that its filters find. */
export function ExportLink({ href }: { href: string }) {
  return (
    <a className={buttonStyles({ variant: "ghost", size: "sm" })} href={href} download>
      <Download aria-hidden /> Export
    </a>
  );
}
