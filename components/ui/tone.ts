/** What a colour says, shared by badges, alerts and time lines. */
export type Tone = "neutral" | "info" | "success" | "warning" | "danger";

/** Background, border and text of a tinted surface in each tone. */
export const toneSurface: Record<Tone, string> = {
  neutral: "border-line bg-sunken text-ink",
  info: "border-info-line bg-info-soft text-info-ink",
  success: "border-success-line bg-success-soft text-success-ink",
  warning: "border-warning-line bg-warning-soft text-warning-ink",
  danger: "border-danger-line bg-danger-soft text-danger-ink",
};
