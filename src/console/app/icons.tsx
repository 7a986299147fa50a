/** Line drawings of 20 × 20, in the colour of the text beside them. */
const paths = {
  today: 'M3 5h14v12H3zM3 8.500h14M7 3v3.500M13 3v3.500M6.500 12.500l2 2 4-4',
  incidents: 'M10 3l7.500 13.500h-15zM10 8v4M10 14.300v.2',
  vulnerabilities:
    'M10 2.500l6.500 2.300v4.700c0 4-2.700 6.700-6.500 8-3.800-1.300-6.500-4-6.500-8V4.800zM7.500 8l5 5M12.500 8l-5 5',
  images: 'M10 2.500l7 3.800-7 3.800-7-3.800zM3 10l7 3.800 7-3.800M3 13.700l7 3.800 7-3.800',
  inventory: 'M3 3.500h14v5H3zM3 11.500h14v5H3zM6 6h.2M6 14h.2M9.500 6h4.500M9.500 14h4.500',
  decisions: 'M5 3h10v14l-5-3.200L5 17zM7.500 7.800l1.800 1.800 3.400-3.400',
  rules: 'M3 5.500h8M15 5.500h2M3 10h2M9 10h8M3 14.500h8M15 14.500h2M13 3.800v3.400M7 8.300v3.400M13 12.800v3.400',
  response: 'M10 2.500v4M10 13.500v4M2.500 10h4M13.500 10h4M10 6.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7z',
  reports: 'M4.500 2.500h8l3 3v12h-11zM7.500 14v-3M10 14V8.500M12.500 14v-2',
  platform: 'M3 10h3l2-5.500 4 11 2-5.500h3',
  menu: 'M3 5.500h14M3 10h14M3 14.500h14',
  moon: 'M15.500 12.300A6.500 6.500 0 0 1 7.700 4.500a6.500 6.500 0 1 0 7.800 7.800z',
  sun: 'M10 6.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7zM10 2v1.800M10 16.200V18M2 10h1.800M16.200 10H18M4.300 4.300l1.300 1.300M14.400 14.400l1.300 1.300M15.700 4.300l-1.300 1.300M5.600 14.400l-1.300 1.300',
  keys: 'M2.500 5.500h15v9h-15zM5.500 8.500h.2M8.500 8.500h.2M11.500 8.500h.2M14.500 8.500h.2M6.500 11.700h7',
}
export type IconName = keyof typeof paths

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      viewBox="0 0 20 20"
      width="17"
      height="17"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  )
}
