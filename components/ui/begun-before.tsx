import { Alert } from "./alert";
import { Button } from "./button";
import { focusMain } from "./focus-main";

/** Says why a form isn't as it opens: `useFormDraft` has filled it in. */
export function BegunBefore({ what, onBeginAnew }: { what: string; onBeginAnew: () => void }) {
  return (
    <Alert
      tone="info"
      live
      className="mb-4 max-w-3xl"
      title={`This ${what} was begun before`}
      actions={
        <Button
          variant="secondary"
          size="sm"
          onClick={() => {
            onBeginAnew();
            // This button goes with what was filled in.
            focusMain({ preventScroll: true });
          }}
        >
          Begin anew
        </Button>
      }
    >
      What was typed is here again.
    </Alert>
  );
}
