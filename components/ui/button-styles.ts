import { cva, type VariantProps } from "class-variance-authority";

/**
 * The looks of a button, apart from `Button` so that server components can style links with it.
 * Controls are 40 px tall on phones and 36 px from the `sm` breakpoint on.
 */
export const buttonStyles = cva(
  [
    "inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium",
    "transition-[background-color,border-color,color,box-shadow] duration-100",
    "disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed",
    "[&_svg]:pointer-events-none [&_svg]:size-4 [&_svg]:shrink-0",
  ],
  {
    variants: {
      variant: {
        primary: "bg-accent text-on-accent shadow-xs hover:bg-accent-hover forced-colors:border",
        secondary: "border border-control/60 bg-surface text-ink shadow-xs hover:bg-hover",
        ghost: "text-ink hover:bg-hover",
        danger: "bg-danger text-on-danger shadow-xs hover:bg-danger-hover forced-colors:border",
        "danger-quiet": "border border-danger-line bg-surface text-danger-ink shadow-xs hover:bg-danger-soft",
        link: "h-auto! min-h-6 px-0! text-accent-ink underline decoration-accent/40 underline-offset-4 hover:decoration-current",
      },
      size: {
        sm: "h-9 px-2.5 text-[0.8125rem] sm:h-8",
        md: "h-10 px-3.5 text-sm sm:h-9",
        lg: "h-12 px-5 text-base sm:h-11 sm:text-[0.9375rem]",
        icon: "size-10 sm:size-9",
        "icon-sm": "size-9 sm:size-8",
      },
    },
    defaultVariants: { variant: "primary", size: "md" },
  },
);

export type ButtonLooks = VariantProps<typeof buttonStyles>;
