import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";

interface FirstStepsProps {
  business: string;
  /** May let people in and make API keys. */
  isOwner: boolean;
}

interface Step {
  title: string;
  says: string;
  links: readonly (readonly [label: string, path: string])[];
}

const BOOKS: readonly Step[] = [
  {
    title: "Bring in what you owe",
    says: "Bills of suppliers on Chukta appear by themselves. Add the others one by one, or all at once from a file.",
    links: [
      ["Add a bill", "bills/new"],
      ["Import bills", "bills/import"],
    ],
  },
  {
    title: "Bring in what you are owed",
    says: "Buyers on Chukta see your invoices at once, and tell you here when they have paid.",
    links: [
      ["Raise an invoice", "invoices/new"],
      ["Import invoices", "invoices/import"],
    ],
  },
];

const PEOPLE: Step = {
  title: "Let the others in",
  says: "Whoever pays, confirms or only looks has an account of their own. Your software gets an API key.",
  links: [
    ["Add people", "settings/people"],
    ["Create an API key", "settings/api-keys"],
  ],
};

/** What to do first in a business that has neither bills nor invoices. */
export function FirstSteps({ business, isOwner }: FirstStepsProps) {
  return (
    <Card aria-labelledby="first-steps">
      <CardHeader
        title={<span id="first-steps">Begin here</span>}
        description="Your books are empty. In any order, as you need them:"
      />
      <CardBody>
        <ul className="grid gap-x-6 gap-y-5 md:grid-cols-[repeat(auto-fit,minmax(15rem,1fr))]">
          {[...BOOKS, ...(isOwner ? [PEOPLE] : [])].map(({ title, says, links }) => (
            <li key={title} className="flex flex-col gap-3">
              <div className="flex-1">
                <h3 className="font-medium">{title}</h3>
                <p className="mt-0.5 text-muted">{says}</p>
              </div>
              <p className="flex flex-wrap gap-2">
                {links.map(([label, path]) => (
                  <LinkButton key={path} size="sm" href={`/b/${business}/${path}`}>
                    {label}
                  </LinkButton>
                ))}
              </p>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
