"use client";

import { useRouter } from "next/navigation";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import type { PasskeyView } from "@/features/accounts/data";
import { renamePasskey } from "@/lib/passkey-client";
import { PasskeyNameForm } from "./passkey-name-form";

interface RenamePasskeyDialogProps {
  passkey: PasskeyView | null;
  open: boolean;
  onClose: () => void;
}

export function RenamePasskeyDialog({ passkey, open, onClose }: RenamePasskeyDialogProps) {
  const router = useRouter();
  const rename = async (name: string) => {
    await renamePasskey(passkey?.id ?? "", name);
    onClose();
    router.refresh();
    return null;
  };
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()}>
      <DialogContent title="Rename passkey">
        <PasskeyNameForm name={passkey?.name ?? ""} confirmLabel="Save" onName={rename} />
      </DialogContent>
    </Dialog>
  );
}
