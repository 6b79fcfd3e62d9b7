"use client";

import { useEffect, useState } from "react";
import { ProblemError, problemWords } from "@/lib/http/client";
import { canOfferPasskeys, signInByPasskey } from "@/lib/passkey-client";

/** After how long what waits among the browser's suggestions is asked anew, in milliseconds: before it runs out at the portal. */
const RENEWED_MS = 4 * 60_000;
const LOOKS_MS = 30_000;

/**
 * Keeps passkeys among what the browser suggests for the e-mail address, for as long as the page is in sight.
 * @returns what ends that
 */
function offerPasskeys(onSignedIn: () => void, onRefused: (words: string) => void): () => void {
  let askedAt = 0;
  const over = new AbortController();
  const ask = async () => {
    askedAt = Date.now();
    try {
      if (await signInByPasskey({ autofill: true, signal: over.signal })) onSignedIn();
    } catch (error) {
      // Whatever kept it from being offered is no concern of who signs in with their password.
      if (!over.signal.aborted && error instanceof ProblemError && error.status === 401) onRefused(problemWords(error));
    }
  };
  const renew = () => {
    if (document.visibilityState === "visible" && Date.now() - askedAt >= RENEWED_MS) void ask();
  };
  let timer: ReturnType<typeof setInterval> | undefined;
  void canOfferPasskeys().then((can) => {
    if (!can || over.signal.aborted) return;
    void ask();
    timer = setInterval(renew, LOOKS_MS);
    document.addEventListener("visibilitychange", renew);
  });
  return () => {
    over.abort();
    clearInterval(timer);
    document.removeEventListener("visibilitychange", renew);
  };
}

interface Problem {
  tone: "danger" | "info";
  words: string;
}

interface PasskeySignIn {
  /** Asks for a passkey, in the browser's own window. */
  ask: () => void;
  isAsking: boolean;
  problem: Problem | null;
}

/** Signing in by a passkey: by the button, or from among the browser's suggestions. */
export function usePasskeySignIn(next: string, isHere: boolean): PasskeySignIn {
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  // How often one of the suggestions was refused: then they are asked anew.
  const [refused, setRefused] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each refusal begins it again
  useEffect(() => {
    // The window of the button takes the suggestions' place.
    if (!isHere || isAsking) return;
    return offerPasskeys(
      () => window.location.assign(next),
      (words) => {
        setProblem({ tone: "danger", words });
        setRefused((count) => count + 1);
      },
    );
  }, [isHere, isAsking, next, refused]);

  const ask = async () => {
    setAsking(true);
    setProblem(null);
    try {
      if (await signInByPasskey({ autofill: false })) return window.location.assign(next);
      setProblem({ tone: "info", words: "No passkey was given. Try again, or sign in with your password." });
    } catch (error) {
      setProblem({ tone: "danger", words: problemWords(error) });
    }
    setAsking(false);
  };
  return { ask: () => void ask(), isAsking, problem };
}
