/** Personal data: Korean resident registration numbers, payment cards, telephone numbers, e-mail addresses. */
export function maskPersonal(text: string): string {
  const numbers = /\d{4}/.test(text) ? maskNumbers(text) : text
  return numbers.includes('@') ? maskMail(numbers) : numbers
}

const resident = /(?<![\w.-])(\d{6})(-?)([1-8]\d{6})(?![\w-]|\.\d)/g
const card = /(?<![\w.-])\d(?:[ -]?\d){14,15}(?![\w-]|\.\d)/g
const mobile = /(?<![\w.+-])01[016789]([ -]?)\d{3,4}\1\d{4}(?![\w-]|\.\d)/g
const landline = /(?<![\w.+-])0(?:2|[3-6][1-5]|70|50\d)-\d{3,4}-\d{4}(?![\w-]|\.\d)/g
const abroad = /(?<![\w.+-])\+\d{1,3}[ -]?\d(?:[ -]?\d){6,12}(?![\w-]|\.\d)/g

function maskNumbers(text: string): string {
  return text
    .replace(resident, (whole, birth: string, dash: string, tail: string) =>
      isResident(birth, tail, dash !== '') ? '***' : whole,
    )
    .replace(card, whole => (isCard(whole.replace(/[ -]/g, '')) ? '***' : whole))
    .replace(mobile, '***')
    .replace(landline, '***')
    .replace(abroad, '***')
}

/**
 * A birth date, then the digit of century and sex, five digits, a check digit: 11 - (Σ digit × 2…9,2…5) mod 11, mod 10. Numbers given since October 2020 have no
 * check digit; of those only ones written with the dash are taken, else every 13 digits would do.
 */
function isResident(birth: string, tail: string, dashed: boolean): boolean {
  const month = Number(birth.slice(2, 4))
  const day = Number(birth.slice(4))
  if (month < 1 || month > 12 || day < 1 || day > 31) return false
  const digits = `${birth}${tail}`
  let sum = 0
  for (let index = 0; index < 12; index++) sum += Number(digits[index]) * ((index % 8) + 2)
  const foreigner = '5678'.includes(tail[0]!)
  const check = foreigner ? (13 - (sum % 11)) % 10 : (11 - (sum % 11)) % 10
  if (check === Number(digits[12])) return true
  return dashed && '3478'.includes(tail[0]!) && Number(birth.slice(0, 2)) >= 20
}

/** Lengths and first digits that cards have, and Luhn's check (ISO/IEC 7812-1). */
function isCard(digits: string): boolean {
  if (!/^(?:3[47]\d{13}|(?:4\d|5[1-5]|2[2-7]|35|6[05]|62|9[0-9])\d{14})$/.test(digits)) return false
  if (/^(\d)\1+$/.test(digits)) return false
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index])
    const doubled = index % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

const mail = /(?<![\w.+-])([\w.+-]{1,64})@((?:[A-Za-z0-9-]{1,63}\.){1,6}([A-Za-z]{2,24}))(?![\w@])/g
/** What follows an `@` in names of units, not of people. */
const units = new Set('service socket timer target slice scope mount automount device path swap'.split(' '))

function maskMail(text: string): string {
  return text.replace(mail, (whole, person: string, domain: string, top: string) =>
    person === 'git' || units.has(top.toLowerCase()) ? whole : `***@${domain}`,
  )
}
