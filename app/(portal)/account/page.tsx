import type { Metadata } from "next";
import { JoinCard } from "@/components/account/join-card";
import { PasskeysCard } from "@/components/account/passkeys-card";
import { SecondFactorCard } from "@/components/account/second-factor-card";
import { SessionsCard } from "@/components/account/sessions-card";
import { SignOutButton } from "@/components/auth/sign-out-button";
import { PlainShell } from "@/components/shell/plain-shell";
import { Alert } from "@/components/ui/alert";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { countRecoveryCodes, listPasskeys, listSessions } from "@/features/accounts/data";
import { listMyBusinesses } from "@/features/businesses/data";
import { pageUser } from "@/features/businesses/page-gate";
import { operatorAsksForSecondFactor } from "@/features/businesses/second-factor";
import { listMyInvitations } from "@/features/invitations/data";
import { passkeyPlace } from "@/lib/passkey-place";
import { systemClock } from "@/lib/time";

export const metadata: Metadata = { title: "Your account" };

interface AccountPageProps {
  searchParams: Promise<{ from?: string | string[] }>;
}

export default async function AccountPage({ searchParams }: AccountPageProps) {
  const { from } = await searchParams;
  const user = await pageUser();
  const now = systemClock();
  const [recoveryCodes, passkeys, sessions, businesses, invitations] = await Promise.all([
    countRecoveryCodes(user.id),
    listPasskeys(user.id),
    listSessions(user.id, user.sessionId, now),
    listMyBusinesses(user.id),
    listMyInvitations(user.id, now),
  ]);
  const back = businesses.find(({ slug }) => slug === from) ?? businesses[0];
  const asking = operatorAsksForSecondFactor()
    ? "This portal"
    : businesses.find((business) => business.requireSecondFactor)?.name;
  // As lib/auth-proven.ts asks.
  const mayChange = passkeys.length === 0 || user.hasSecondFactor;
  return (
    <PlainShell wide>
      <PageHeader
        title="Your account"
        description={`${user.name}, ${user.email}`}
        breadcrumbs={back ? [{ href: `/b/${back.slug}`, label: back.name }] : []}
        actions={<SignOutButton />}
      />
      <div className="flex flex-col gap-5">
        {asking && !user.hasSecondFactor && (
          <Alert tone="warning" title={`${asking} asks for two-step sign-in`}>
            {passkeys.length > 0
              ? "Sign out and in again with your passkey, and you are in. If you have lost it, ask an owner for a new start."
              : "Set it up here once, or add a passkey, and you are in."}
          </Alert>
        )}
        {invitations.map((invitation) => (
          <JoinCard key={invitation.slug} invitation={invitation} />
        ))}
        <Card aria-labelledby="password">
          <CardHeader
            title={<span id="password">Password</span>}
            description="At least twelve characters that nobody would guess. Changing it signs you out everywhere else; your passkeys stay as they are."
          />
          <CardBody>
            <LinkButton
              href={`/choose-password?next=${encodeURIComponent(back ? `/account?from=${back.slug}` : "/account")}`}
            >
              Change password
            </LinkButton>
          </CardBody>
        </Card>
        <PasskeysCard
          email={user.email}
          passkeys={passkeys}
          origin={passkeyPlace()?.origin ?? null}
          mayChange={mayChange}
        />
        <SecondFactorCard email={user.email} recoveryCodes={recoveryCodes} mayChange={mayChange} />
        <SessionsCard email={user.email} sessions={sessions} />
      </div>
    </PlainShell>
  );
}
