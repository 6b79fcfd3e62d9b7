import { SIGNED_OUT } from "@/lib/http/client";
import { Alert } from "./alert";
import type { Tone } from "./tone";

interface ProblemAlertProps {
  /** react-hook-form's `root.server`, as `showProblem` sets it. */
  problem: { type?: string | number | undefined; message?: string | undefined };
  tone?: Tone;
}

/** What the server says of a whole form. Whoever is signed out meanwhile signs in beside it, so that what is typed stays. */
export function ProblemAlert({ problem, tone = "danger" }: ProblemAlertProps) {
  return (
    <Alert tone={tone} live>
      <p>{problem.message}</p>
      {problem.type === SIGNED_OUT && (
        <div data-signed-out>
          <SignInBeside andThen="try again here" />
        </div>
      )}
    </Alert>
  );
}

/** The way to sign in that leaves the page as it is. */
export function SignInBeside({ andThen }: { andThen: string }) {
  return (
    <p>
      <a
        href="/sign-in"
        target="_blank"
        rel="noopener"
        className="font-medium underline decoration-current/40 underline-offset-4 hover:decoration-current"
      >
        Sign in in another tab
      </a>
      , and {andThen}: what you typed stays.
    </p>
  );
}
