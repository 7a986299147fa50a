import { userinfoGlance } from '../glance.ts'
import { decodeBase64, isJwt, isPlaceholder } from '../judge.ts'
import { type SecretRule, token } from '../rule.ts'
import { judgeValue } from '../value.ts'

/** Keys and credentials that no provider owns: PEM and PuTTY keys, JSON Web Tokens, credentials in URLs and headers, key sets. */
export const keyRules: SecretRule[] = [
  {
    id: 'private-key',
    title: { en: 'private key', ko: '개인 키' },
    category: 'key',
    severity: 'CRITICAL',
    keywords: ['private key-----', 'private key block-----'],
    pattern:
      /-----BEGIN (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?<secret>[A-Za-z0-9+/=\s\\nr",:.()-]{16,16000}?)(?:-----END|$)/dg,
    before: 40,
    after: 16400,
    check: secret =>
      secret.replace(/\\[nr]|\s/g, '').length >= 16 &&
      !/\.\.\.|xxxx/i.test(secret.slice(0, 40)) &&
      !/^(?:\\[nr]|\s){0,8}-----/.test(secret),
  },
  {
    id: 'putty-private-key',
    title: { en: 'PuTTY private key', ko: 'PuTTY 개인 키' },
    category: 'key',
    severity: 'CRITICAL',
    keywords: ['putty-user-key-file-'],
    pattern:
      /PuTTY-User-Key-File-\d: [\s\S]{1,2000}?Private-Lines: \d{1,4}\s{1,2}(?<secret>[A-Za-z0-9+/=\s]{20,8000})/dg,
    before: 1,
    after: 12000,
  },
  {
    id: 'openvpn-static-key',
    title: { en: 'OpenVPN static key', ko: 'OpenVPN 정적 키' },
    category: 'key',
    severity: 'CRITICAL',
    keywords: ['begin openvpn static key'],
    pattern: /-----BEGIN OpenVPN Static key V1-----\s{1,4}(?<secret>(?:[0-9a-f]{32}\s{1,4}){2,16})-----END/dg,
    before: 10,
    after: 700,
  },
  {
    // RFC 7518, section 6.4: a symmetric key is its own secret.
    id: 'symmetric-json-web-key',
    title: { en: 'symmetric JSON Web Key', ko: '대칭 JSON 웹 키' },
    category: 'key',
    severity: 'HIGH',
    keywords: ['"oct"'],
    pattern:
      /(?:"kty"\s{0,4}:\s{0,4}"oct"[^{}]{0,300}?"k"\s{0,4}:\s{0,4}"(?<secret>[A-Za-z0-9_-]{16,700})"|"k"\s{0,4}:\s{0,4}"(?<quoted>[A-Za-z0-9_-]{16,700})"[^{}]{0,300}?"kty"\s{0,4}:\s{0,4}"oct")/dg,
    before: 1040,
    after: 1040,
    check: secret => !isPlaceholder(secret),
  },
  {
    // RFC 7518, sections 6.2.2 and 6.3.2: with "d" a key is a private one.
    id: 'private-json-web-key',
    title: { en: 'private JSON Web Key', ko: '개인 JSON 웹 키' },
    category: 'key',
    severity: 'CRITICAL',
    keywords: ['"kty"'],
    hint: /"d"\s{0,4}:\s{0,4}"[A-Za-z0-9_-]{40}/,
    pattern: /"d"\s{0,4}:\s{0,4}"(?<secret>[A-Za-z0-9_-]{40,1400})"/dg,
    before: 4000,
    after: 4000,
    check: (secret, { window, start }) =>
      !isPlaceholder(secret) &&
      /"kty"\s{0,4}:\s{0,4}"(?:RSA|EC|OKP)"/.test(enclosing(window, start, start + secret.length)),
  },
  token('age-secret-key', ['age secret key', 'age 비밀 키'], 'key', 'AGE-SECRET-KEY-1', '[02-9AC-HJ-NP-Z]{58}'),
  {
    // Entra's tokens tell tenant, application and user by their claims alone, so a shortened signature does not make them harmless.
    id: 'azure-token',
    title: { en: 'Microsoft Entra (Azure AD) token', ko: 'Microsoft Entra(Azure AD) 토큰' },
    category: 'cloud',
    severity: 'HIGH',
    keywords: ['eyj'],
    pattern:
      /(?<![A-Za-z0-9_.-])(?<secret>ey[A-Za-z0-9_-]{12,4000}\.ey[A-Za-z0-9_-]{10,8000}\.[A-Za-z0-9_-]{1,1400})/dg,
    before: 1,
    after: 14000,
    check: secret =>
      /"iss"\s{0,4}:\s{0,4}"https:\/\/(?:sts\.windows\.net|login\.microsoftonline\.com)\//.test(
        decodeBase64(secret.split('.')[1] ?? '')?.toString('latin1') ?? '',
      ),
  },
  {
    id: 'jwt',
    title: { en: 'JSON Web Token', ko: 'JSON 웹 토큰' },
    category: 'credential',
    severity: 'MEDIUM',
    keywords: ['eyj'],
    pattern:
      /(?<![A-Za-z0-9_.-])(?<secret>ey[A-Za-z0-9_-]{12,4000}\.ey[A-Za-z0-9_-]{10,8000}\.[A-Za-z0-9_-]{20,1400})/dg,
    before: 1,
    after: 14000,
    // Supabase's anonymous keys are made to be public.
    check: secret =>
      isJwt(secret) &&
      !/"role"\s{0,4}:\s{0,4}"anon"/.test(decodeBase64(secret.split('.')[1] ?? '')?.toString('latin1') ?? ''),
  },
  {
    id: 'url-credentials',
    title: { en: 'password in a URL', ko: 'URL에 든 암호' },
    category: 'credential',
    severity: 'HIGH',
    keywords: ['://'],
    glance: userinfoGlance,
    hint: /:\/\/[^\s/@]{1,1000}@/,
    pattern:
      /[a-z][a-z0-9+.-]{1,20}:\/\/(?:[^\s:@/?#"'<>{}|\\^`$%[\]]|%[0-9a-f]{2}){0,100}:(?<secret>[^\s:@/?#"'<>{}|\\^`[\]]{1,200})@[\w.[\]:-]{1,250}/dgi,
    before: 24,
    after: 600,
    check: (secret, { path, window, start }) => {
      if (urlPlaceholder(secret)) return false
      // RFC 2606 keeps these names for documents.
      const host = /^@([\w.-]{0,250})/.exec(window.slice(start + secret.length, start + secret.length + 252))?.[1] ?? ''
      const made =
        /(?:^|\.)(?:example\.(?:com|net|org)|example|invalid)$/i.test(host) || /^(?:[A-Z]?[a-z]+|[A-Z]+)$/.test(secret)
      // Documents show how an address is written; a line that is nothing but one is there to be read by a program.
      const alone = /(?:^|\/)[^./]+$|\.txt$/.test(path) && isAlone(window, start)
      if (/\.(?:md|rst|adoc|txt)$/.test(path) && !alone)
        return made || isPlaceholder(secret) ? false : judgeValue('password', secret)
      // Where it is known what kind of file it is, a password of plain letters is an example's.
      return path !== '' && made && !alone ? 'low' : true
    },
  },
  {
    id: 'bearer-token',
    title: { en: 'bearer token in a header', ko: '헤더의 Bearer 토큰' },
    category: 'credential',
    severity: 'HIGH',
    keywords: ['authorization', 'bearer'],
    pattern:
      /authorization["']?\]?(?:\s{0,4}[:=,]|\s{1,4}(?=["'])|\s{0,2},\s{0,4}"value"\s{0,2}:)\s{0,4}["'`]?(?:bearer|token|basic|splunk|ssws|genie-?key|api-?key|key|bot|zoho-oauthtoken|klaviyo-api-key|pat)\s{1,4}(?<secret>[A-Za-z0-9._~+/-]{20,1000}={0,2})/dgi,
    before: 14,
    after: 1100,
    check: secret => !isPlaceholder(secret) && !secret.startsWith('ey'),
  },
  {
    id: 'curl-user',
    title: { en: 'user and password on a command line', ko: '명령줄의 사용자와 암호' },
    category: 'credential',
    severity: 'HIGH',
    keywords: ['curl '],
    pattern: /curl\b[^\n]{0,400}?\s(?:-u|--user)[ =]["']?[\w.@-]{1,80}:(?<secret>[^\s"'$<{]{4,120})/dg,
    before: 1,
    after: 700,
    check: secret => !isPlaceholder(secret) && !/^(?:password|passwd|pass|pwd|token|secret|key)$/i.test(secret),
  },
  {
    id: 'docker-login',
    title: { en: 'password of docker login', ko: 'docker login의 암호' },
    category: 'credential',
    severity: 'HIGH',
    keywords: ['docker login', 'podman login', 'helm registry login'],
    pattern: /login\b[^\n]{0,300}?\s(?:-p|--password)[ =]["']?(?<secret>[^\s"'$<{]{6,200})/dg,
    before: 16,
    after: 500,
    check: secret => !isPlaceholder(secret),
  },
  {
    id: 'tink-keyset',
    title: { en: 'Tink key set in clear text', ko: '암호화되지 않은 Tink 키 세트' },
    category: 'key',
    severity: 'CRITICAL',
    keywords: ['primarykeyid', 'tinksi', 'crypto.tink'],
    pattern:
      /(?<secret>\\{0,3}"primaryKeyId\\{0,3}"\s{0,4}:\s{0,4}\d{1,12}[\s\S]{0,4000}?type\.googleapis\.com\/google\.crypto\.tink[\s\S]{0,200}?\\{0,3}"value\\{0,3}"\s{0,4}:\s{0,4}\\{0,3}"[A-Za-z0-9+/]{16,4000})/dg,
    before: 12,
    after: 9000,
  },
  {
    id: 'tink-keyset-encoded',
    title: { en: 'Tink key set in clear text', ko: '암호화되지 않은 Tink 키 세트' },
    category: 'key',
    severity: 'CRITICAL',
    // "type.googleapis.com" in base64, at its three alignments; or a key set's JSON.
    keywords: [
      '0exbllmdvb2dszwfwaxmuy29t',
      'r5cgxuz29vz2xlyxbpcy5jb20',
      'exbllmdvb2dszwfwaxmuy29t',
      'eyjwcmltyxj5s2v5swqi',
      'dhlwzs5nb29nbgvhcglzlmnvb',
    ],
    pattern: /(?<![A-Za-z0-9+/])(?<secret>[A-Za-z0-9+/]{60,20000}={0,2})/dg,
    before: 2000,
    after: 20000,
    check: secret => /type\.googleapis\.com\/google\.crypto\.tink/.test(decodeBase64(secret)?.toString('latin1') ?? ''),
  },
  {
    id: 'encoded-private-key',
    title: { en: 'private key in base64', ko: 'base64로 적은 개인 키' },
    category: 'key',
    severity: 'CRITICAL',
    // "PRIVATE KEY" at the three alignments of base64.
    keywords: ['ufjjvkfursblrvkt', 'bssvzbveugs0vzl', 'quklwqvrfietfws0t'],
    pattern: /(?<![A-Za-z0-9+/])(?<secret>[A-Za-z0-9+/]{120,20000}={0,2})/dg,
    before: 3000,
    after: 20000,
    check: secret =>
      /-----BEGIN (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:\\n|\s)+[A-Za-z0-9+/]{16}/.test(
        decodeBase64(secret)?.toString('latin1') ?? '',
      ),
  },
  {
    id: 'kubeconfig-key',
    title: { en: 'client key in a kubeconfig', ko: 'kubeconfig의 클라이언트 키' },
    category: 'key',
    severity: 'CRITICAL',
    keywords: ['client-key-data'],
    pattern: /client-key-data["']?\s{0,4}:\s{0,4}["']?(?<secret>LS0tLS1CRUdJTi[A-Za-z0-9+/=]{60,8000})/dg,
    before: 1,
    after: 8200,
  },
  {
    id: 'shadow-hash',
    title: { en: 'password hash of an account', ko: '계정 암호 해시' },
    category: 'credential',
    severity: 'HIGH',
    keywords: [':$1$', ':$5$', ':$6$', ':$y$', ':$2y$', ':$2b$'],
    pattern: /(?:^|\n)[a-z_][\w-]{0,31}:(?<secret>\$(?:1|5|6|y|2[aby])\$[./A-Za-z0-9$=,]{20,200}):\d{0,6}:/dg,
    before: 40,
    after: 300,
    check: (_, { path }) => /(^|\/)shadow-?$/.test(path) || path === '',
  },
]

/** The text around a place up to the next braces. */
function enclosing(window: string, start: number, end: number): string {
  const close = window.indexOf('}', end)
  return window.slice(window.lastIndexOf('{', start) + 1, close < 0 ? undefined : close)
}

/** Whether a line holds an address alone, or a name and its address as value. */
function isAlone(window: string, at: number): boolean {
  const end = window.indexOf('\n', at)
  const line = window.slice(window.lastIndexOf('\n', at) + 1, end < 0 ? undefined : end)
  return /^\s{0,20}(?:export )?(?:[\w.-]{1,60}["']?\s{0,4}[:=]\s{0,4})?["'`]?[a-z][\w.+-]{0,20}:\/\/\S{1,800}\s{0,20}$/i.test(
    line,
  )
}

/** Values that stand in URLs of documents and templates. `password` itself is one that people really use: only in an address of an example is it none. */
function urlPlaceholder(secret: string): boolean {
  return (
    /^(x{2,}|(?:key|user|token|secret|pass(?:word)?)_?1234|\*+|\.{2,}|<.*>|\[.*\]|%s|%v|%d|\$.*|:.*)$/i.test(secret) ||
    /\$\{|\{\{|\$\(|%\(/.test(secret)
  )
}
