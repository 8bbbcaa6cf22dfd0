/** Our mark: an open ring that turns inward, and the point it turns to. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d="M26.5 11.2A11.5 11.5 0 1 0 27.5 16H17" fill="none" stroke="var(--gitu-accent)" strokeWidth="4" strokeLinecap="round" strokeLinejoin="round" />
      <circle cx="17" cy="16" r="2.6" fill="currentColor" />
    </svg>
  );
}
