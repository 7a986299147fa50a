import type { Language } from './translate.ts'

/** Why a condition cannot be read, as the parser says it, and in Korean; `{}` is what it is about. The first that fits counts. */
const reasons: readonly (readonly [en: string, ko: string])[] = [
  ['a string is not closed', '문자열이 닫히지 않았습니다'],
  ['the condition is longer than 1 MiB', '조건이 1 MiB를 넘습니다'],
  ["a condition is expected before '{}'", "'{}' 앞에 조건이 있어야 합니다"],
  ["a condition is expected after '{}'", "'{}' 뒤에 조건이 있어야 합니다"],
  ["a blank is expected before '{}'", "'{}' 앞에 공백이 있어야 합니다"],
  ["a blank is expected after '{}'", "'{}' 뒤에 공백이 있어야 합니다"],
  ["a ')' without its '('", "')'와 짝을 이루는 '('가 없습니다"],
  [
    "conditions are joined by 'and' or 'or', not by '{}'",
    "조건은 'and'나 'or'로 이어야 합니다. '{}'은(는) 쓸 수 없습니다",
  ],
  ["'and' or 'or' is expected before \"{}\"", "\"{}\" 앞에 'and'나 'or'가 있어야 합니다"],
  ['nested deeper than {}', '중첩이 {}단계를 넘습니다'],
  ["expected a ')'", "')'가 있어야 합니다"],
  ['expected a field, a macro or a condition in brackets', '필드, 매크로 또는 괄호로 묶은 조건이 있어야 합니다'],
  ['{} is not a transformer', '{}은(는) 변환 함수가 아닙니다'],
  ["expected an argument and a ']'", "인자와 ']'가 있어야 합니다"],
  ["expected a ')' that closes a list", "목록을 닫는 ')'가 있어야 합니다"],
  ["expected a ')' that closes {}(", "{}( )를 닫는 ')'가 있어야 합니다"],
  ['val( ) takes one field', 'val( )에는 필드 하나만 쓸 수 있습니다'],
  ['expected a field in the list inside {}( )', '{}( ) 안의 목록에 필드가 있어야 합니다'],
  ['expected a field inside {}( )', '{}( ) 안에 필드가 있어야 합니다'],
  ['expected an operator after {}', '{} 뒤에 연산자가 있어야 합니다'],
  ["expected a number after '{}'", "'{}' 뒤에 숫자가 있어야 합니다"],
  ["expected a list after '{}'", "'{}' 뒤에 목록이 있어야 합니다"],
  ['expected a value in the list', '목록에 값이 있어야 합니다'],
  ['expected a value', '값이 있어야 합니다'],
  ["expected a ',' or a ')' in the list", "목록에 ','나 ')'가 있어야 합니다"],
  ['{} is no escape sequence', '{}은(는) 이스케이프 시퀀스가 아닙니다'],
]

const place = /^line (\d+), column (\d+): ([\s\S]*)$/

/** What the parser of conditions said (`line 1, column 3: …`) in a language; a text that is not the parser's stays as it is. */
export function conditionReason(message: string, language: Language): string {
  const [, line, column, reason] = place.exec(message) ?? []
  if (language === 'en' || reason === undefined) return message
  for (const [en, ko] of reasons) {
    const [before = '', after] = en.split('{}')
    if (after === undefined ? reason !== en : !(reason.startsWith(before) && reason.endsWith(after))) continue
    if (reason.length < before.length + (after ?? '').length) continue
    const about = after === undefined ? '' : reason.slice(before.length, reason.length - after.length)
    return `${line}번째 줄 ${column}번째 열: ${ko.replace('{}', () => about)}`
  }
  return message
}
