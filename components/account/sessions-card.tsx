"use client";

import { Monitor, Smartphone } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import type { SessionView } from "@/features/accounts/data";
import { endSessions } from "@/lib/auth-client";
import { formatDateTime } from "@/lib/time";
import { PasswordDialog } from "./password-dialog";

interface SessionsCardProps {
  email: string;
  sessions: readonly SessionView[];
}

const isPhone = (browser: string) => /iPhone|iPad|Android/.test(browser);

/** Where one is signed in, and the way to end it there. */
export function SessionsCard({ email, sessions }: SessionsCardProps) {
  const router = useRouter();
  const [ending, setEnding] = useState<SessionView | "others" | null>(null);
  const one = ending === "others" ? null : ending;
  const end = async (password: string) => {
    await endSessions(one ? { password, session: one.id } : { password });
    toast.success(one ? `${one.browser} is signed out.` : "You are signed out everywhere else.");
    setEnding(null);
    router.refresh();
  };
  return (
    <Card aria-labelledby="sessions">
      <CardHeader
        title={<span id="sessions">Where you are signed in</span>}
        description="A browser is signed out an hour after its last page was in sight, and a day after it signed in at the latest."
      />
      <ul className="mt-3 divide-y divide-line border-line border-t">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} onEnd={() => setEnding(session)} />
        ))}
      </ul>
      {sessions.length > 1 && (
        <CardFooter>
          <Button variant="secondary" onClick={() => setEnding("others")}>
            Sign out all others
          </Button>
        </CardFooter>
      )}
      <PasswordDialog
        open={ending !== null}
        onClose={() => setEnding(null)}
        email={email}
        title={one ? `Sign out ${one.browser}?` : "Sign out all others?"}
        description={
          one
            ? "Whoever uses it has to sign in again."
            : "Every browser but this one has to sign in again. If you didn't know one of them, change your password too."
        }
        confirmLabel="Sign out"
        tone="danger"
        onConfirm={end}
      />
    </Card>
  );
}

function SessionRow({ session, onEnd }: { session: SessionView; onEnd: () => void }) {
  const { browser, address, current, signedInAt, lastSeenAt } = session;
  const Icon = isPhone(browser) ? Smartphone : Monitor;
  return (
    <li className="flex items-start gap-3 px-4 py-3 sm:items-center sm:px-5">
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0 text-muted sm:mt-0" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 font-medium">
          {browser} {current && <Badge tone="info">This browser</Badge>}
        </p>
        <p className="text-[0.8125rem] text-muted">
          {address && <span className="break-all">{address} · </span>}
          signed in {formatDateTime(new Date(signedInAt))}
          {!current && <span className="block">last used {formatDateTime(new Date(lastSeenAt))}</span>}
        </p>
      </div>
      {!current && (
        <Button
          variant="secondary"
          size="sm"
          aria-label={`Sign out ${browser}, signed in ${formatDateTime(new Date(signedInAt))}`}
          onClick={onEnd}
        >
          Sign out
        </Button>
      )}
    </li>
  );
}
