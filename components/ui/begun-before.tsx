import { Alert } from "./alert";
import { PassingButton } from "./passing-button";

/** Says why a form isn't as it opens: `useFormDraft` has filled it in. */
export function BegunBefore({ what, onBeginAnew }: { what: string; onBeginAnew: () => void }) {
  return (
    <Alert
      tone="info"
      live
      className="mb-4 max-w-3xl"
      title={`This ${what} was begun before`}
      actions={<PassingButton onClick={onBeginAnew}>Begin anew</PassingButton>}
    >
      What was typed is here again.
    </Alert>
  );
}
