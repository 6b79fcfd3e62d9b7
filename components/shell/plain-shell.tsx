import type { ReactNode } from "react";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import { Logo } from "./logo";
import { SkipLink } from "./skip-link";

/** The frame of pages outside any business: signing in, not found, errors. */
export function PlainShell({ children }: { children: ReactNode }) {
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
        className="mx-auto flex w-full max-w-md flex-1 flex-col justify-center px-5 py-10 outline-none"
      >
        {children}
      </main>
      <footer className="px-5 py-6 text-center text-[0.8125rem] text-muted">
        Invoice payments over Bharat Connect, settled in full.
      </footer>
    </div>
  );
}
