"use client";

import Link, { useLinkStatus } from "next/link";
import { type ComponentProps, useState } from "react";
import { createPortal } from "react-dom";

/**
 * A link that fetches its page ahead once someone points at it or tabs to it. Next's own way, as soon as it is in sight,
 * would have the server answer for every row of every list, and each page here asks the database.
 */
export function IntentLink({ onPointerEnter, onFocus, children, ...props }: ComponentProps<typeof Link>) {
  const [meant, setMeant] = useState(false);
  return (
    <Link
      {...props}
      prefetch={meant ? null : false}
      onPointerEnter={(event) => {
        setMeant(true);
        onPointerEnter?.(event);
      }}
      onFocus={(event) => {
        setMeant(true);
        onFocus?.(event);
      }}
    >
      {children}
      <OnItsWay />
    </Link>
  );
}

/**
 * A line across the top while the page that was asked for is on its way, if that takes a moment: nobody presses twice then. In the body,
 * since a bar that floats over the page would keep it beneath the bar at the top.
 */
function OnItsWay() {
  const { pending } = useLinkStatus();
  if (!pending) return null;
  return createPortal(
    <span
      aria-hidden
      data-pending
      className="fixed inset-x-0 top-0 z-50 h-1 animate-late overflow-hidden bg-accent-soft"
    >
      <span className="block h-full w-1/3 animate-travel bg-accent" />
    </span>,
    document.body,
  );
}
