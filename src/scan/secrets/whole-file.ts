import type { SecretRule, Verdict } from './rule.ts'
import { looksHashed } from './rules/table.ts'
import { judgeValue } from './value.ts'

interface FileForm {
  rule: SecretRule
  /** Of the whole path, lower case. */
  names: RegExp
  /** Positions of what may be secrets. */
  locate: (text: string) => { start: number; end: number }[]
  check: (secret: string) => Verdict
}

/** Such files are short; longer ones are something else. */
const maxBytes = 64 * 1024
const maxLines = 200

const sure = (secret: string): Verdict => !looksHashed(secret) && judgeValue('password', secret) === true

/** Files that are nothing but a secret, or hold it where their own form says: no word beside it tells. */
const forms: FileForm[] = [
  form('auth-user-pass', ['password in a file of a login', '로그인 파일의 암호'], {
    // OpenVPN's `auth-user-pass FILE`, and others that read a name and a password, a line each.
    names:
      /(?:^|\/)(?:auth|user-?pass|login|credentials?|vpn[\w-]{0,20}|[\w-]{0,20}auth-user-pass)\.(?:txt|conf|auth|pass|cred)$/,
    locate: text => {
      const match = /^([^\s:=]{2,80})\r?\n(\S{4,120})\s{0,4}$/.exec(text)
      return match ? [spanAt(match[0].indexOf(match[2]!, match[1]!.length), match[2]!)] : []
    },
    check: sure,
  }),
  form('pgbouncer-password', ['password of a PgBouncer user', 'PgBouncer 사용자 암호'], {
    names: /(?:^|\/)userlist\.txt$/,
    locate: text => inLines(text, /^"[^"\n]{1,80}"[ \t]{1,8}"([^"\n]{4,200})"/),
    check: secret => !/^(?:md5[0-9a-f]{32}$|SCRAM-SHA-256\$)/.test(secret) && judgeValue('password', secret),
  }),
  form('vault-password-file', ['password of an encrypted vault', '암호화된 보관소의 암호'], {
    names: /(?:^|\/)\.?(?:ansible[_-])?vault[_-]pass(?:word)?(?:\.txt)?$/,
    locate: text => wholeLine(text, /^(\S{6,200})\s{0,4}$/),
    check: sure,
  }),
  form('rails-master-key', ['key of Rails credentials', 'Rails 자격 증명 키'], {
    names: /(?:^|\/)config\/(?:master|credentials\/[\w-]{1,40})\.key$/,
    locate: text => wholeLine(text, /^([0-9a-f]{32})\s{0,4}$/),
    check: () => true,
  }),
  form('smtp-login-password', ['password of a mail relay', '메일 릴레이 암호'], {
    names: /(?:^|\/)sasl_?passwd?(?:\.txt)?$/,
    locate: text => inLines(text, /^[^#\s]{1,200}[ \t]{1,20}[^\s:]{1,120}:(\S{4,120})[ \t]{0,8}\r?$/),
    check: secret => judgeValue('password', secret),
  }),
  form('account-file-password', ['password in a file of accounts', '계정 파일의 암호'], {
    names: /(?:^|\/)(?:chap-secrets|pap-secrets|ipsec[\w.-]*\.secrets)$/,
    locate: text =>
      inLines(
        text,
        /^[^#\n]{0,160}?(?:[ \t]\*?[ \t]{0,20}|:[ \t]{0,8}(?:PSK|EAP|XAUTH)[ \t]{1,8})(?:"([^"\n]{4,120})"|([^\s"*#]{4,120})(?=[ \t]{1,8}(?:\*|"|\d)|[ \t]{0,8}\r?$))/,
      ),
    check: secret => !/^(?:md5[0-9a-f]{32}$|SCRAM-SHA|\$\w{1,3}\$|\{)/.test(secret) && judgeValue('password', secret),
  }),
  form('account-list-password', ['password in a list of accounts', '계정 목록의 암호'], {
    names:
      /(?:^|\/)(?:(?:passw(?:or)?ds?|passwd|users?|accounts?|logins?|creds?|credentials?|htpasswd\.plain)[\w-]{0,20}\.(?:txt|lst|list)|rsyncd?\.(?:secrets|passwd))$/,
    locate: text => inLines(text, /^[\w.@+-]{2,80}:([^\s:]{6,120})\r?$/),
    check: sure,
  }),
]

/** The secrets of a file whose name and form tell them. */
export function wholeFileSecrets(
  buffer: Buffer,
  path: string,
): { rule: SecretRule; start: number; end: number; certainty?: 'low' }[] {
  if (path === '' || buffer.length > maxBytes) return []
  const wanted = forms.filter(({ names }) => names.test(path))
  if (wanted.length === 0) return []
  const text = buffer.toString('latin1')
  return wanted.flatMap(({ rule, locate, check }) =>
    locate(text).flatMap(({ start, end }) => {
      const verdict = check(text.slice(start, end))
      return verdict === false ? [] : [{ rule, start, end, ...(verdict === 'low' && { certainty: verdict }) }]
    }),
  )
}

function form(id: string, [en, ko]: [string, string], rest: Omit<FileForm, 'rule'>): FileForm {
  const rule: SecretRule = {
    id,
    title: { en, ko },
    category: 'credential',
    severity: 'HIGH',
    keywords: [],
    pattern: /(?!)/dg,
    before: 0,
    after: 0,
  }
  return { rule, ...rest }
}

function spanAt(start: number, text: string): { start: number; end: number } {
  return { start, end: start + text.length }
}

function wholeLine(text: string, pattern: RegExp): { start: number; end: number }[] {
  const secret = pattern.exec(text)?.[1]
  return secret === undefined ? [] : [spanAt(0, secret)]
}

/** The pattern's first group in each line; nothing where most lines are something else. */
function inLines(text: string, pattern: RegExp): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = []
  let at = 0
  let others = 0
  for (const line of text.split('\n', maxLines)) {
    const match = pattern.exec(line)
    const secret = match?.[1] ?? match?.[2]
    if (secret !== undefined) spans.push(spanAt(at + line.lastIndexOf(secret), secret))
    else if (line.trim() !== '' && !/^\s{0,20}[#;]/.test(line)) others++
    at += line.length + 1
  }
  return spans.length > others ? spans : []
}

/** Told with all others. */
export const wholeFileRules: SecretRule[] = forms.map(({ rule }) => rule)
