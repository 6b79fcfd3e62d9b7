"use client";

import type { ReactNode } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { SkeletonRows } from "@/components/ui/skeleton";

interface ListFrameProps {
  /** What is listed: "Bills". */
  label: string;
  filters: ReactNode;
  /** The rows; null while the first answer is awaited. */
  children: ReactNode;
  isLoading: boolean;
  error: Error | null;
  onRetry: () => void;
  footer: ReactNode;
  /** The rows shown belong to the question before. */
  isStale: boolean;
}

/** The card around a list: filters above, rows, pages below; loading and failure in the rows' place. */
export function ListFrame({ label, filters, children, isLoading, error, onRetry, footer, isStale }: ListFrameProps) {
  return (
    <Card aria-label={label}>
      {filters}
      {error && (
        <Alert
          tone="danger"
          live
          className="m-4"
          title={`${label} can't be shown just now`}
          actions={
            <Button variant="secondary" size="sm" onClick={onRetry}>
              Try again
            </Button>
          }
        >
          {error.message}
        </Alert>
      )}
      {isLoading && !error && (
        <div className="p-4">
          <SkeletonRows rows={8} label={`Loading ${label.toLowerCase()}`} />
        </div>
      )}
      <div aria-busy={isStale} className={isStale ? "opacity-60 transition-opacity" : undefined}>
        {children}
      </div>
      {footer}
    </Card>
  );
}
