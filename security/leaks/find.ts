/** Something that must not be seen. */
export interface Secret {
  what: string;
  value: string;
}

/** Shorter ones would be found everywhere. */
const SHORTEST = 8;

/** The ways in which a text may stand in another: as it is, and encoded. */
function formsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  const forms = [
    value,
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    value.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;"),
    bytes.toString("base64").replace(/=+$/, ""),
    bytes.toString("base64url"),
    bytes.toString("hex"),
  ];
  // A signing secret is base64 already: its bytes are as good as its text.
  const signing = /^whsec_(.+)$/.exec(value)?.[1];
  if (signing) forms.push(signing, Buffer.from(signing, "base64").toString("hex"));
  return [...new Set(forms)];
}

/** Looks for secrets in texts; made once for all of them. */
export class SecretFinder {
  private readonly wanted: { what: string; form: string }[];

  constructor(secrets: readonly Secret[]) {
    this.wanted = secrets
      .filter(({ value }) => value.length >= SHORTEST)
      .flatMap(({ what, value }) => formsOf(value).map((form) => ({ what, form })));
  }

  get size(): number {
    return this.wanted.length;
  }

  /** What was found, with where it stands; the secret itself isn't repeated. */
  find(text: string): string[] {
    return this.wanted
      .filter(({ form }) => text.includes(form))
      .map(({ what, form }) => {
        const at = text.indexOf(form);
        return `${what}, after "${text.slice(Math.max(0, at - 60), at)}"`;
      });
  }
}
