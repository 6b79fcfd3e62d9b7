import { z } from "zod";
import { invitationSchema } from "@/features/invitations/schema";
import { paiseSchema } from "@/features/payments/schema";
import { ACCOUNT_NUMBER, B2B_ID, GSTIN, type Identifier, IFSC, PAN, VPA } from "@/features/protocol/identifiers";
import { MsmeClass, Role } from "@/lib/generated/prisma/enums";
import { inNumber, inProse } from "@/lib/visible-text";

/** Names as people write them, on one line, without `"` and `\`: most texts of the wire may not hold those (docs/protocol.md, "Fields"). */
const plainText = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine(inProse.isVisible, inProse.words)
    .regex(/^[^"\\\p{Cc}]*$/u, 'Leave out " and \\.')
    .normalize("NFC");

const shaped = ({ pattern, words }: Identifier) => z.string().regex(pattern, words);

const emailSchema = z.string().trim().toLowerCase().max(254).pipe(z.email());

const roleSchema = z.enum(Role).meta({
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
    msmeClass: z.enum(MsmeClass),
    requireSecondFactor: z.boolean().meta({ description: "Its people enter it only with two-step sign-in set up." }),
    approvalFromPaise: z.int().nullable().meta({
      description:
        "A payment that settles as much or more waits for a second person's approval before its supplier is told, whoever makes it; 0: every payment; null: none.",
    }),
  })
  .meta({ id: "Business" });

export type BusinessView = z.output<typeof businessSchema>;

/** What its owners change of a business: what isn't given stays. */
export const businessSettingsSchema = z
  .strictObject({
    requireSecondFactor: z.boolean().optional(),
    approvalFromPaise: paiseSchema.nullable().optional(),
  })
  .refine(
    (settings) => Object.keys(settings).length > 0,
    "Give at least one of requireSecondFactor and approvalFromPaise.",
  );

export type BusinessSettings = z.output<typeof businessSettingsSchema>;
export type BusinessSettingsInput = z.input<typeof businessSettingsSchema>;

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

const firstPasswordSchema = z.string().meta({ description: "Shown once, and to be changed at the first sign-in." });

export const addedMemberSchema = z.discriminatedUnion("outcome", [
  z.object({
    outcome: z.literal("ADDED").meta({ description: "Somebody who is new here, and in." }),
    member: memberSchema,
    firstPassword: firstPasswordSchema,
  }),
  z.object({
    outcome: z.literal("INVITED").meta({ description: "Somebody who has an account, and joins by the code." }),
    invitation: invitationSchema,
    joiningCode: z.string().meta({ description: "Shown once, for the owner to tell the person." }),
  }),
]);

export type AddedMember = z.output<typeof addedMemberSchema>;

export const resetMemberSchema = z.strictObject({
  removeSecondFactor: z.boolean().meta({ description: "For someone who has lost phone and recovery codes too." }),
});

export type ResetMemberInput = z.output<typeof resetMemberSchema>;

export const memberResetSchema = z.object({ firstPassword: firstPasswordSchema });

export const changeRoleSchema = z.strictObject({ role: roleSchema });

const slugSchema = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, "Use 1 to 40 small letters, digits and hyphens, like acme-traders.");

/** What an operator gives to let a business in (npm run admin). */
export const newBusinessSchema = z.strictObject({
  slug: slugSchema,
  b2bId: shaped(B2B_ID).refine(inNumber.isVisible, inNumber.words),
  legalName: plainText(200),
  tradeName: plainText(200),
  gstin: shaped(GSTIN).optional(),
  pan: shaped(PAN).optional(),
  msmeClass: z.enum(MsmeClass).default("NONE"),
  bankAccountNumber: shaped(ACCOUNT_NUMBER).optional(),
  bankIfsc: shaped(IFSC).optional(),
  bankBeneficiaryName: plainText(100).optional(),
  vpa: shaped(VPA).optional(),
  geocode: z.string().regex(/^-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?$/, "Write latitude,longitude, like 19.0760,72.8777."),
});

export type NewBusiness = z.output<typeof newBusinessSchema>;

const { legalName, tradeName, geocode, gstin, pan, bankAccountNumber, bankIfsc, bankBeneficiaryName, vpa } =
  newBusinessSchema.shape;

/** An empty text takes away what a business can be without. */
const orNothing = <T extends z.ZodType<string, string>>(given: T) =>
  z
    .string()
    .transform((text) => text || null)
    .pipe(given.nullable());

/** What an operator corrects of a business (npm run admin); what is left out stays. */
export const businessDetailsSchema = z.strictObject({
  legalName: legalName.optional(),
  tradeName: tradeName.optional(),
  geocode: geocode.optional(),
  msmeClass: z.enum(MsmeClass).optional(),
  gstin: orNothing(gstin.unwrap()).optional(),
  pan: orNothing(pan.unwrap()).optional(),
  bankAccountNumber: orNothing(bankAccountNumber.unwrap()).optional(),
  bankIfsc: orNothing(bankIfsc.unwrap()).optional(),
  bankBeneficiaryName: orNothing(bankBeneficiaryName.unwrap()).optional(),
  vpa: orNothing(vpa.unwrap()).optional(),
});
