// Numbers and days as they are written.

/** A number as Vietnamese writes it, at most two decimals: 1234.5 -> "1.234,5". */
export const number = (value) => new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 2 }).format(value);

/** An ISO date as people write it: "12/06/2020", "06/2020", "2020"; an instant in UTC (with Z) in Viet Nam's day. */
export function day(iso) {
  if (!iso) return "";
  const local = iso.endsWith("Z") ? new Date(Date.parse(iso) + 7 * 3_600_000).toISOString() : iso;
  return local.slice(0, 10).split("-").reverse().join("/");
}
