import { z } from "zod";

/** Names as people write them; `"`, `\` and control characters may not stand on the wire (protocol.md, field rules), so they can't here. */
const plainText = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^"\\\p{Cc}]*$/u, 'Leave out " and \\.');

export const emailSchema = z.string().trim().toLowerCase().max(254).pipe(z.email());

export const roleSchema = z.enum(["OWNER", "FINANCE", "VIEWER"]).meta({
  description: "OWNER manages people and keys and does everything else; FINANCE pays and confirms; VIEWER reads.",
});

/** A business as its own members see it. */
export const businessSchema = z
  .object({
    slug: z.string().meta({ description: "Names the business in addresses." }),
    b2bId: z.string(),
    legalName: z.string(),
    tradeName: z.string(),
    gstin: z.string().nullable(),
    pan: z.string().nullable(),
    msmeClass: z.enum(["MICRO", "SMALL", "MEDIUM", "NONE"]),
    requireSecondFactor: z.boolean().meta({ description: "Its people enter it only with two-step sign-in set up." }),
  })
  .meta({ id: "Business" });

export type BusinessView = z.output<typeof businessSchema>;

/** What its owners change of a business. */
export const businessSettingsSchema = z.strictObject({ requireSecondFactor: z.boolean() });

export const memberSchema = z
  .object({
    userId: z.uuid(),
    name: z.string(),
    email: z.string(),
    role: roleSchema,
    since: z.iso.datetime(),
    signedInBefore: z.boolean().meta({ description: "False until they have chosen a password of their own." }),
  })
  .meta({ id: "Member" });

export type MemberView = z.output<typeof memberSchema>;

export const memberListSchema = z.object({ members: z.array(memberSchema) });

export const memberParams = z.strictObject({ userId: z.uuid() });

export const addMemberSchema = z.strictObject({
  email: emailSchema,
  name: plainText(100)
    .optional()
    .meta({ description: "Needed when nobody on this portal has that e-mail address yet." }),
  role: roleSchema,
});

export type AddMemberInput = z.output<typeof addMemberSchema>;

export const addedMemberSchema = z.object({
  member: memberSchema,
  firstPassword: z.string().nullable().meta({
    description: "For a person who is new here: shown once, and to be changed at the first sign-in. Null otherwise.",
  }),
});

export type AddedMember = z.output<typeof addedMemberSchema>;

export const changeRoleSchema = z.strictObject({ role: roleSchema });

const slugSchema = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, "Use 1 to 40 small letters, digits and hyphens, like acme-traders.");

/** What an operator gives to let a business in (npm run admin). */
export const newBusinessSchema = z.strictObject({
  slug: slugSchema,
  b2bId: z.string().regex(/^([^\\"]){1,100}$/, 'A B2B ID has 1 to 100 characters without " or \\.'),
  legalName: plainText(200),
  tradeName: plainText(200),
  gstin: z
    .string()
    .regex(/^\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]$/, "A GSTIN has 15 characters, like 27AAPFU0939F1ZV.")
    .optional(),
  pan: z
    .string()
    .regex(/^[A-Z]{5}\d{4}[A-Z]$/, "A PAN has 10 characters, like AAPFU0939F.")
    .optional(),
  msmeClass: z.enum(["MICRO", "SMALL", "MEDIUM", "NONE"]).default("NONE"),
  bankAccountNumber: z
    .string()
    .regex(/^[0-9A-Za-z]{6,34}$/, "An account number has 6 to 34 letters or digits.")
    .optional(),
  bankIfsc: z
    .string()
    .regex(/^[A-Z]{4}0[A-Z0-9]{6}$/, "An IFSC has 11 characters, like HDFC0001234.")
    .optional(),
  bankBeneficiaryName: plainText(100).optional(),
  vpa: z
    .string()
    .regex(/^[\w.-]{2,256}@[\w.-]{2,64}$/, "A UPI address looks like name@bank.")
    .optional(),
  geocode: z.string().regex(/^-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?$/, "Write latitude,longitude, like 19.0760,72.8777."),
});

export type NewBusiness = z.output<typeof newBusinessSchema>;
