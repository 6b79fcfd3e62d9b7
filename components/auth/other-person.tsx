"use client";

import { useEffect, useState } from "react";
import { AlertDialog } from "@/components/ui/alert-dialog";

const CHANNEL = "chukta-person";

/** A page is told whose it is as it is loaded: signing in always leads to a new one. What Back brings later may be older than that. */
let isTold = false;

/**
 * Whether somebody else has signed in in this browser since the page came.
 * @param person the user id of whose page it is
 */
function useOtherPerson(person: string): boolean {
  const [isOther, setOther] = useState(false);
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = ({ data }) => setOther(data !== person);
    if (!isTold) channel.postMessage(person);
    isTold = true;
    return () => channel.close();
  }, [person]);
  return isOther;
}

/**
 * A browser has one session for all of its tabs: when the session of this page's person has ended and somebody else signs in in another
 * tab, this page would show theirs and write in their name. Nothing can be done here until the first one is back; what is typed stays.
 */
export function OtherPerson({ person, name }: { person: string; name: string }) {
  const isOther = useOtherPerson(person);
  return (
    <AlertDialog
      open={isOther}
      // Only its button, or signing in again, leads on.
      onOpenChange={() => {}}
      title="Someone else has signed in in this browser"
      description={`This page is of ${name}, and can't go on while someone else is signed in. Nothing is lost: it goes on here once ${name} has signed in again in another tab.`}
      confirmLabel="Leave this page"
      cancelLabel={null}
      onConfirm={() => window.location.assign("/")}
    />
  );
}
