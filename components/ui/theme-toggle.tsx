"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { Segmented } from "./segmented";
import { useHydrated } from "./use-hydrated";

const options = [
  { value: "system", label: <Choice icon={<Monitor aria-hidden />} text="As the device" /> },
  { value: "light", label: <Choice icon={<Sun aria-hidden />} text="Light" /> },
  { value: "dark", label: <Choice icon={<Moon aria-hidden />} text="Dark" /> },
] as const;

function Choice({ icon, text }: { icon: React.ReactNode; text: string }) {
  return (
    <span title={text} className="[&_svg]:size-4">
      {icon}
      <span className="sr-only">{text}</span>
    </span>
  );
}

/** Light, dark, or as the device is set. */
export function ThemeToggle() {
  const { theme, setTheme } = useTheme();
  const chosen = useHydrated() ? theme : undefined;
  return (
    <Segmented
      label="Theme"
      name="theme"
      options={options}
      value={(chosen ?? "system") as (typeof options)[number]["value"]}
      onChange={(event) => setTheme(event.target.value)}
    />
  );
}
