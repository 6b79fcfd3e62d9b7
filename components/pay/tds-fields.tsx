import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { GST_RATES, rateText, TDS_SECTIONS } from "@/features/payments/tds";

interface GstSelectProps {
  label: string;
  /** In basis points; empty: not said. */
  value: string;
  onChange: (rate: string) => void;
  className?: string;
}

/** How much GST a bill holds. Tax is deducted from its value without that, which nobody but the paper bill says. */
export function GstSelect({ label, value, onChange, className }: GstSelectProps) {
  return (
    <Field label={label} className={className ?? ""}>
      <Select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">Choose</option>
        {GST_RATES.map((rate) => (
          <option key={rate} value={rate}>
            {rate === 0 ? "None" : rateText(rate)}
          </option>
        ))}
      </Select>
    </Field>
  );
}

/** What tax may be deducted for, each with its rate; its value is its place among the sections. */
export function SectionOptions() {
  return TDS_SECTIONS.map(({ nature, rate }, index) => (
    <option key={nature} value={index}>
      {nature}, {rateText(rate)}
    </option>
  ));
}
