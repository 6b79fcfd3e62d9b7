import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import { Logo } from "./logo";
import { SkipLink } from "./skip-link";

interface PlainShellProps {
  /** For a page with more on it than a form: it begins at the top. */
  wide?: boolean;
  children: ReactNode;
}

/** The frame of pages outside any business: signing in, one's account, not found, errors. */
export function PlainShell({ wide = false, children }: PlainShellProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="flex items-center justify-between px-5 py-4 sm:px-8">
        <Logo />
        <ThemeToggle />
      </header>
      <main
        id="main"
        tabIndex={-1}
        className={cn(
          "mx-auto flex w-full flex-1 flex-col px-5 outline-none",
          wide ? "max-w-2xl pt-4 pb-10" : "max-w-md justify-center py-10",
        )}
      >
        {children}
      </main>
      <footer className="px-5 py-6 text-center text-[0.8125rem] text-muted">
        Invoice payments over Bharat Connect, settled in full.
      </footer>
    </div>
  );
}
