"use client";

import { ArrowRight } from "lucide-react";
import { Monogram } from "@/components/shell/monogram";
import type { DemoPerson } from "@/features/accounts/demo-people";

interface DemoSignInsProps {
  people: readonly DemoPerson[];
  onChoose: (person: DemoPerson) => void;
}

/** In the demo, whom one can be: one press signs in. */
export function DemoSignIns({ people, onChoose }: DemoSignInsProps) {
  return (
    <section aria-labelledby="demo-people" className="border-line border-t pt-5">
      <h2 id="demo-people" className="font-semibold text-[0.9375rem]">
        This is a demo
      </h2>
      <p className="mt-0.5 text-muted">Sign in as one of its people with one press.</p>
      <ul className="mt-3 flex flex-col gap-1.5">
        {people.map((person) => (
          <li key={person.email}>
            <button
              type="button"
              onClick={() => onChoose(person)}
              className="group flex w-full items-center gap-3 rounded-md border border-line bg-surface px-3 py-2 text-left transition-colors hover:bg-hover"
            >
              <Monogram name={person.name} round />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{person.name}</span>
                <span className="block text-[0.8125rem] text-muted">{person.what}</span>
              </span>
              <ArrowRight aria-hidden className="size-4 shrink-0 text-muted group-hover:text-accent-ink" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
