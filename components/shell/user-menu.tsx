"use client";

import { LogOut, Monitor, Moon, ShieldCheck, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { type ReactNode, useTransition } from "react";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { IntentLink } from "@/components/ui/intent-link";
import type { ShellBusiness, ShellUser } from "./portal";

interface UserMenuProps {
  /** Where one is, and comes back to from one's account. */
  business: ShellBusiness;
  user: ShellUser;
  onSignOut: () => void | Promise<void>;
  /** The button that opens it. */
  trigger: ReactNode;
}

export function UserMenu({ business, user, onSignOut, trigger }: UserMenuProps) {
  const { theme, setTheme } = useTheme();
  const [signingOut, startSignOut] = useTransition();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="w-60">
        <div className="px-2.5 pt-2 pb-1.5">
          <p className="truncate font-medium">{user.name}</p>
          <p className="truncate text-[0.8125rem] text-muted">{user.email}</p>
        </div>
        <DropdownMenuItem asChild>
          <IntentLink href={`/account?from=${business.slug}`}>
            <ShieldCheck aria-hidden /> Your account
          </IntentLink>
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Theme</DropdownMenuLabel>
        <DropdownMenuRadioGroup aria-label="Theme" value={theme ?? "system"} onValueChange={setTheme}>
          <DropdownMenuRadioItem value="system">
            <Monitor aria-hidden /> As the device
          </DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="light">
            <Sun aria-hidden /> Light
          </DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="dark">
            <Moon aria-hidden /> Dark
          </DropdownMenuRadioItem>
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem
          disabled={signingOut}
          onSelect={() =>
            startSignOut(async () => {
              await onSignOut();
            })
          }
        >
          <LogOut aria-hidden /> Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
