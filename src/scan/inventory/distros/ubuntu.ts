/** End of standard support of Ubuntu's releases (https://wiki.ubuntu.com/Releases): the month after which only Pro gets fixes. */
const ends = new Map([
  ['12.04', '2017-04-28'],
  ['14.04', '2019-04-25'],
  ['16.04', '2021-04-30'],
  ['17.10', '2018-07-19'],
  ['18.04', '2023-05-31'],
  ['18.10', '2019-07-18'],
  ['19.04', '2020-01-18'],
  ['19.10', '2020-07-17'],
  ['20.04', '2025-05-31'],
  ['20.10', '2021-07-22'],
  ['21.04', '2022-01-20'],
  ['21.10', '2022-07-14'],
  ['22.04', '2027-06-01'],
  ['22.10', '2023-07-20'],
  ['23.04', '2024-01-25'],
  ['23.10', '2024-07-11'],
  ['24.04', '2029-05-31'],
  ['24.10', '2025-07-10'],
  ['25.04', '2026-01-15'],
  ['25.10', '2026-07-09'],
  ['26.04', '2031-05-29'],
  ['26.10', '2027-07-15'],
])

/** Even year, April. */
export function isUbuntuLts(release: string): boolean {
  const match = /^(\d\d)\.04$/.exec(release)
  return match !== null && Number(match[1]) % 2 === 0
}

/** Whether the release is in standard support at `now` (ms). Releases not in the table: an LTS gets five years and a month, others nine months. */
export function ubuntuSupported(release: string, now: number): boolean {
  const end = ends.get(release)
  if (end !== undefined) return now <= Date.parse(end)
  const match = /^(\d\d)\.(\d\d)$/.exec(release)
  if (!match) return true
  const months = (2000 + Number(match[1])) * 12 + Number(match[2]) - 1 + (isUbuntuLts(release) ? 61 : 9)
  return now < Date.UTC(Math.floor(months / 12), months % 12)
}

const codenames = new Map(
  'precise 12.04 trusty 14.04 xenial 16.04 bionic 18.04 cosmic 18.10 disco 19.04 eoan 19.10 focal 20.04 groovy 20.10 hirsute 21.04 impish 21.10 jammy 22.04 kinetic 22.10 lunar 23.04 mantic 23.10 noble 24.04 oracular 24.10 plucky 25.04 questing 25.10 resolute 26.04 stonking 26.10'
    .match(/\S+ \S+/g)
    ?.map(pair => pair.split(' ') as [string, string]),
)

/** The release of a codename: `jammy` → `22.04`. */
export const ubuntuVersion = (codename: string): string | undefined => codenames.get(codename.toLowerCase())
