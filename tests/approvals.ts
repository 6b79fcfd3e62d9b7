import { type BusinessScope, mintScope } from "@/features/businesses/scope";
import { uuidv7 } from "@/lib/ids";
import { prisma } from "@/tests/prisma";

/** From so many paise on a second person approves what the business pays; null: nobody does. */
export async function askForApproval({ businessId }: BusinessScope, approvalFrom: number | null): Promise<void> {
  await prisma.business.update({ where: { id: businessId }, data: { approvalFrom } });
}

/** Another person of the same business, who may pay. */
export const colleagueOf = ({ businessId, b2bId }: BusinessScope, name = "Asha Rao"): BusinessScope =>
  mintScope({ businessId, b2bId, actor: { kind: "USER", id: uuidv7(), name }, role: "FINANCE" });
