import { Alert } from "./alert";

/** Said where what stands on the page could not be read again. */
export function NotRefreshed({ what, className }: { what: "page" | "list"; className: string }) {
  return (
    <Alert tone="warning" live className={className}>
      This {what} could not be refreshed: it may be older than it looks.
    </Alert>
  );
}
