"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ProblemAlert } from "@/components/ui/problem-alert";
import { ROLE_WORDS } from "@/features/businesses/rules";
import { useJoinBusiness } from "@/features/invitations/client";
import type { MyInvitation } from "@/features/invitations/data";
import { type JoinInput, joinSchema } from "@/features/invitations/schema";
import { showProblem } from "@/lib/http/client";
import { issueWords } from "@/lib/http/issues";

/** A business that would let the signed-in person in, and the code by which they join it. */
export function JoinCard({ invitation }: { invitation: MyInvitation }) {
  const { slug, name, role, invitedBy } = invitation;
  const join = useJoinBusiness(slug);
  const form = useForm<JoinInput>({
    resolver: zodResolver(joinSchema, { error: issueWords }),
    defaultValues: { code: "" },
  });
  const { errors } = form.formState;
  const submit = form.handleSubmit(async (input) => {
    try {
      const joined = await join.mutateAsync(input);
      window.location.assign(`/b/${joined.slug}`);
    } catch (error) {
      showProblem(error, form.setError, ["code"]);
    }
  });
  const id = `join-${slug}`;
  return (
    <Card aria-labelledby={id}>
      <CardHeader
        title={<span id={id}>{`${name} invites you`}</span>}
        description={`${ROLE_WORDS[role].name}. ${ROLE_WORDS[role].what}. ${invitedBy} has a code for you: ask for it by telephone or in person.`}
      />
      <CardBody>
        <form onSubmit={submit} noValidate className="flex flex-col gap-4">
          {errors.root?.server && <ProblemAlert problem={errors.root.server} />}
          <Field label="Code to join with" error={errors.code?.message} required>
            <Input
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              placeholder="abcd-efgh-jkmn-pqrs"
              className="max-w-80 font-mono tracking-wide"
              {...form.register("code")}
            />
          </Field>
          <div>
            <Button
              type="submit"
              variant="primary"
              aria-label={`Join ${name}`}
              loading={join.isPending || join.isSuccess}
            >
              Join
            </Button>
          </div>
        </form>
      </CardBody>
    </Card>
  );
}
