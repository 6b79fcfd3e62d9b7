"use client";

import { Search, X } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { cn } from "./cn";
import { controlStyles } from "./control-styles";

interface SearchInputProps {
  /** Says what can be searched: "Search supplier or invoice number". Label and placeholder both. */
  label: string;
  value: string;
  /** Called when typing rests for `delayMs` (250), at once on Enter and on clearing. */
  onValueChange: (value: string) => void;
  delayMs?: number;
  className?: string;
}

/** As long as a search may be (the lists' `q`). */
const LONGEST_SEARCH = 100;

export function SearchInput({ label, value, onValueChange, delayMs = 250, className }: SearchInputProps) {
  const [text, setText] = useState(value);
  const [settled, setSettled] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => () => clearTimeout(timer.current), []);

  // The value changed elsewhere (the back button, "clear filters"): follow it, unless someone is typing here.
  if (value !== settled) {
    setSettled(value);
    setText(value);
  }

  function settle(next: string) {
    clearTimeout(timer.current);
    setSettled(next);
    onValueChange(next);
  }
  function type(next: string) {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => settle(next), delayMs);
  }
  // What was typed before the page's scripts ran: React would empty the field.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as it comes
  useLayoutEffect(() => {
    const typed = input.current?.value ?? value;
    if (typed !== value) type(typed);
  }, []);
  function clear() {
    setText("");
    settle("");
    input.current?.focus();
  }
  return (
    <search className={cn("relative block", className)}>
      <Search aria-hidden className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-3 size-4 text-muted" />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        maxLength={LONGEST_SEARCH}
        value={text}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && settle(text)}
        className={cn(controlStyles, "pr-9 pl-9")}
      />
      {text && (
        <button
          type="button"
          aria-label="Clear search"
          onClick={clear}
          className="-translate-y-1/2 absolute top-1/2 right-1.5 inline-flex size-7 items-center justify-center rounded-sm text-muted hover:bg-hover hover:text-ink"
        >
          <X aria-hidden className="size-4" />
        </button>
      )}
    </search>
  );
}
