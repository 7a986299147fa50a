export function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#0b7a6b" />
      <path
        d="M16 6.500 24 9.600v6.200c0 5-3.300 8.400-8 10.200-4.700-1.800-8-5.200-8-10.200V9.600z"
        fill="none"
        stroke="#fff"
        strokeWidth="2.200"
        strokeLinejoin="round"
      />
      <path d="M16 12v8M12 16h8" stroke="#fff" strokeWidth="2.400" strokeLinecap="round" />
    </svg>
  )
}
