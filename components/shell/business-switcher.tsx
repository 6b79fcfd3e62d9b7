"use client";

import { Check, ChevronsUpDown } from "lucide-react";
import { cn } from "@/components/ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { IntentLink } from "@/components/ui/intent-link";
import { Monogram } from "./monogram";
import type { ShellBusiness } from "./portal";

interface BusinessSwitcherProps {
  business: ShellBusiness;
  businesses: readonly ShellBusiness[];
  className?: string;
}

/** Which business one is working for: always in sight, since every amount on the page is its. */
export function BusinessSwitcher({ business, businesses, className }: BusinessSwitcherProps) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        className={cn(
          "flex min-w-0 items-center gap-2.5 rounded-md p-1.5 text-left transition-colors hover:bg-hover data-[state=open]:bg-hover",
          className,
        )}
      >
        <Monogram name={business.name} />
        <span className="min-w-0 flex-1">
          <span className="sr-only">Business: </span>
          <span className="block truncate font-semibold leading-5">{business.name}</span>
          <span className="block break-all font-mono text-[0.6875rem] text-muted leading-4">{business.b2bId}</span>
        </span>
        <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-72">
        <DropdownMenuLabel>Your businesses</DropdownMenuLabel>
        {businesses.map((other) => (
          <DropdownMenuItem key={other.slug} asChild>
            <IntentLink href={`/b/${other.slug}`} aria-current={other.slug === business.slug ? "true" : undefined}>
              <Monogram name={other.name} />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{other.name}</span>
                <span className="block break-all font-mono text-[0.6875rem] text-muted">{other.b2bId}</span>
              </span>
              {other.slug === business.slug && <Check aria-hidden className="text-accent-ink!" />}
            </IntentLink>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
