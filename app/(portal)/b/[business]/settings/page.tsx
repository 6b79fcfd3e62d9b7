import { redirect } from "next/navigation";

export default async function SettingsPage({ params }: { params: Promise<{ business: string }> }) {
  redirect(`/b/${(await params).business}/settings/people`);
}
