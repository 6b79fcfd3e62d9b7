"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { Kbd } from "@/components/ui/kbd";
import { useHydrated } from "@/components/ui/use-hydrated";

const loadWindow = () => import("@/components/find/find-window").then((each) => each.FindWindow);
const FindWindow = dynamic(loadWindow, { ssr: false });

/**
 * How long after a page has come the window's code is asked for, in milliseconds: it must not be in the page's way, and be here when it is
 * opened, also where the portal has been replaced by another release meanwhile, which has other files.
 */
const LOAD_AFTER_MS = 2_000;

/** Whether one of the page's windows is open: what it asks comes first. */
const isAsking = () => document.querySelector("[role=dialog], [role=alertdialog], [role=menu]") !== null;

const isShortcut = (event: KeyboardEvent) =>
  (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k";

/** The window that finds things, in a business's frame: its state, and the keys that open it wherever one is. */
export function useFindWindow(business: string) {
  const [open, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  const [words, setWords] = useState("");
  if (open && !wasOpen) setWasOpen(true);
  useEffect(() => {
    const timer = setTimeout(() => loadWindow().catch(() => {}), LOAD_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isShortcut(event) || isAsking()) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return {
    openFind: () => setOpen(true),
    findWindow: wasOpen && (
      <FindWindow business={business} open={open} onOpenChange={setOpen} words={words} onWords={setWords} />
    ),
  };
}

/** Opens it, on a wide screen: looks like the field that it leads to. */
export function FindButton({ onFind }: { onFind: () => void }) {
  const isHydrated = useHydrated();
  const key = isHydrated && /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘ K" : "Ctrl K";
  return (
    <button
      type="button"
      onClick={onFind}
      aria-keyshortcuts="Control+K Meta+K"
      className="flex h-9 w-full items-center gap-2 rounded-md border border-line bg-canvas px-2.5 text-muted transition-colors hover:bg-hover hover:text-ink"
    >
      <Search aria-hidden className="size-4 shrink-0" />
      <span className="flex-1 text-left">Find…</span>
      <span aria-hidden className={isHydrated ? undefined : "invisible"}>
        <Kbd>{key}</Kbd>
      </span>
    </button>
  );
}

/** Opens it, on a narrow screen. */
export function FindIconButton({ onFind }: { onFind: () => void }) {
  return (
    <button
      type="button"
      aria-label="Find"
      onClick={onFind}
      className="ml-auto inline-flex size-10 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
    >
      <Search aria-hidden className="size-5" />
    </button>
  );
}
