import { characterKinds, isName } from '../judge.ts'
import { isPassphrase, isRandomLetters } from '../letters.ts'
import type { MatchContext, SecretRule, Verdict } from '../rule.ts'
import { judgeValue } from '../value.ts'

/** A text of the UTF-8 bytes as the search sees them: one character a byte. */
const bytes = (text: string): string => Buffer.from(text).toString('latin1')
const anyOf = (words: string[]): string => words.map(bytes).join('|')

const koreanKeys = [
  'API 키',
  'API키',
  '인증키',
  '인증 키',
  '비밀키',
  '비밀 키',
  '시크릿 키',
  '시크릿키',
  '서비스키',
  '서비스 키',
  '액세스 키',
  '접근키',
  '토큰',
  '암호화 키',
  '암호화키',
]
const koreanPasswords = ['비번', '비밀번호', '패스워드', '암호', '접속정보', '접속 정보', '계정']

/** What people write to each other: notes, mails, documents. Only a value that no word of a language is counts. */
export const proseRules: SecretRule[] = [
  prose('written-password', ['password in a sentence', '문장에 적힌 암호'], {
    keywords: [
      'password is',
      'password was',
      'password: ',
      'password for ',
      'pw : ',
      'password `',
      'passwd is',
      'pw: ',
      'pw is',
      'pass: ',
      'password “',
    ],
    pattern:
      /\b(?:password|passwd|passphrase|pass|pw)(?: for [\w.@-]{1,40})?(?:[ \t]{1,2}(?:is|was)(?: now| set to| changed to| reset to)?:?[ \t]{1,2}| ?:[ \t]{1,2}|[ \t]{1,2}(?=[`"']))[`"'*]{0,2}(?<secret>[^\s"'`*<>{}$|,]{6,80}?)[`"'*]{0,2}[.,;)]{0,2}(?=$|\s)/dgi,
    check: (secret, context) => (isSaid(context) ? chosen(secret) : false),
    reach: [80, 140],
  }),
  prose('written-login', ['user and password in a sentence', '문장에 적힌 사용자와 암호'], {
    keywords: [
      'credentials: ',
      'credentials are',
      'login: ',
      'account: ',
      ...['계정: ', '계정 : ', '접속정보: ', '접속 정보: '].map(bytes),
    ],
    pattern: new RegExp(
      `(?:credentials|login|account|${anyOf(['계정', '접속정보', '접속 정보'])})(?: ?: | are:? )[\`"']?[\\w.@-]{2,40}[\`"']?(?: ?[/:] ?| and )[\`"']?(?<secret>[^\\s"'\`<>{}$|,]{6,80})[\`"']?`,
      'dgi',
    ),
    check: secret => chosen(secret),
    reach: [4, 200],
  }),
  prose('written-account', ['user and password in a note', '메모에 적힌 사용자와 암호'], {
    keywords: ['admin', 'root', 'administrator', 'sysadmin', 'postgres', 'oracle', 'ubuntu', 'guest'].map(
      name => `${name} / `,
    ),
    pattern:
      /(?:^|[\n\s(:|])(?:admin|root|administrator|sysadmin|postgres|oracle|ubuntu|guest) \/ (?<secret>[^\s"'`*<>{}$|,]{6,80}?)[.,;)]{0,2}(?=$|\s)/dgi,
    check: (secret, context) => (isSaid(context) ? chosen(secret) : false),
    reach: [20, 120],
  }),
  prose('written-cell', ['password in a table', '표에 든 암호'], {
    keywords: ['td>', 'th>'].flatMap(end =>
      [
        'password</',
        'passwd</',
        'pw</',
        ...koreanPasswords
          .slice(0, 4)
          .map(bytes)
          .map(name => `${name}</`),
      ].map(name => name + end),
    ),
    pattern: new RegExp(
      `(?:password|passwd|pw|${anyOf(koreanPasswords.slice(0, 4))})</t[dh]>\\s{0,20}<td[^<>]{0,60}>\\s{0,20}(?:<code>)?(?<secret>[^\\s"'\`<>{}$|,]{6,80})(?:</code>)?\\s{0,20}</td>`,
      'dgi',
    ),
    check: secret => chosen(secret),
    reach: [4, 260],
  }),
  prose('written-key', ['key in a sentence', '문장에 적힌 키'], {
    keywords: [
      'api key: ',
      'api key is',
      'api token: ',
      'access token: ',
      'secret key: ',
      'access key: ',
      'api key = ',
      'api key : ',
    ],
    pattern:
      /\b(?:api|access|secret|auth|private)[ -](?:key|token)(?: is:?| ?[:=])[ \t]{1,2}[`"'*]{0,2}(?<secret>[A-Za-z0-9+/_.~-]{16,200}={0,2})[`"'*]{0,2}[.,;)]?(?=$|\s)/dgi,
    check: secret => judgeValue('secret', secret) === true && /\d/.test(secret),
    reach: [2, 260],
  }),
  prose('korean-key', ['key after its Korean name', '한국어 이름 뒤의 키'], {
    keywords: koreanKeys.map(name => bytes(name).toLowerCase()),
    pattern: new RegExp(
      `(?:${anyOf(koreanKeys)})["'\`]?[ \\t]{0,4}(?:[:=]|${bytes('는')}|${bytes('은')})[ \\t]{0,4}["'\`]?(?<secret>[A-Za-z0-9+/_.~-]{16,200}={0,2})`,
      'dgi',
    ),
    check: secret => judgeValue('secret', secret) === true,
    reach: [4, 260],
  }),
  prose('korean-written-password', ['password after its Korean name', '한국어 이름 뒤의 암호'], {
    keywords: koreanPasswords.map(bytes),
    pattern: new RegExp(
      `(?:${anyOf(['비밀번호', '비번', '패스워드', '암호'])})(?:${bytes('는')}|${bytes('은')})?[ \\t]{0,2}(?:[:=][ \\t]{0,2})?["'\`(]{0,2}(?<secret>[!-~]{6,80}?)["'\`)]{0,2}(?=$|\\s|${bytes('이')}|${bytes('입')}|${bytes('로')}|,)`,
      'dg',
    ),
    check: secret => chosen(secret),
    reach: [2, 140],
  }),
]

function prose(
  id: string,
  [en, ko]: [string, string],
  { reach, ...rest }: Pick<SecretRule, 'keywords' | 'pattern' | 'check'> & { reach: [before: number, after: number] },
): SecretRule {
  return {
    id,
    title: { en, ko },
    category: 'credential',
    severity: 'HIGH',
    written: true,
    before: reach[0],
    after: reach[1],
    ...rest,
  }
}

/** What begins a comment, and nothing that code writes between it and the name. */
const isComment = /(?:^|\n)[ \t]{0,40}(?:#|\/\/|--|;|\/?\*)[^\n"`=(){}:;]{0,60}$/

/** In code and settings `password: x` is a statement, which other rules judge; in a comment there, only a whole sentence tells. */
function isSaid({ path, window, matchStart, start }: MatchContext): boolean {
  if (isComment.test(window.slice(0, matchStart)) && /^\S{4,80}[ \t]{0,4}(?:\r?\n|$)/.test(window.slice(start)))
    return true
  if (path === '' || /\.(?:md|mdx|txt|rst|adoc|eml|log|html?|tex|pod)$|(?:^|\/)[^./]{1,80}$/.test(path)) return true
  return /\s(?:is|was)\b/.test(window.slice(matchStart, start))
}

/** In a sentence nothing but its form tells a password from a word: digits among letters, or several kinds of characters. */
function chosen(secret: string): Verdict {
  if (judgeValue('password', secret) === false || /^[\d.:/-]+$|^[\w.-]+@[\w.-]+$|\(\)|[/\\].*[/\\]/.test(secret))
    return false
  if (isPassphrase(secret) || (/[A-Z]/.test(secret) && isRandomLetters(secret))) return true
  const mixed = /\d/.test(secret) && /[a-z]/i.test(secret)
  return mixed && (characterKinds(secret) >= 3 || !isName(secret) || /[a-z]\d+[a-z]|[a-z]{3,}\d{1,6}$/i.test(secret))
}
