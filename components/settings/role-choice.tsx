"use client";

import type { UseFormRegisterReturn } from "react-hook-form";
import { FieldGroup } from "@/components/ui/field-group";
import { RadioCard } from "@/components/ui/radio-card";
import { ROLE_WORDS, type RoleName } from "@/features/businesses/rules";

const ROLES: readonly RoleName[] = ["OWNER", "FINANCE", "VIEWER"];

interface RoleChoiceProps {
  register: UseFormRegisterReturn;
  error: string | undefined;
  hint?: string;
}

/** The three roles, each with what it may do. */
export function RoleChoice({ register, error, hint }: RoleChoiceProps) {
  return (
    <FieldGroup legend="Role" error={error} hint={hint}>
      {ROLES.map((role) => (
        <RadioCard
          key={role}
          {...register}
          value={role}
          label={ROLE_WORDS[role].name}
          description={ROLE_WORDS[role].what}
        />
      ))}
    </FieldGroup>
  );
}
