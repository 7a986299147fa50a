/** Secrets that show what they are by their own form. The first group stays. */
const shapes: readonly RegExp[] = [
  // PEM, RFC 7468: the whole block, or all that there is of it.
  /(-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY-----)(?!\*\*\*)[^-]{1,20000}(?:-----END [A-Z0-9 ]{0,30}PRIVATE KEY-----)?/g,
  // URLs with user and password, RFC 3986 §3.2.1
  /(:\/\/[^\s/@:"']{0,128}:)[^\s/@"']{1,512}(?=@)/g,
  // RFC 6750 and its kin
  /(\b(?:bearer|basic)\s{1,4})[A-Za-z0-9._~+/=-]{8,4096}/gi,
  // JSON web tokens, RFC 7519
  /((?<![\w-])eyJ)[\w-]{6,4096}\.[\w-]{4,8192}(?:\.[\w-]{0,4096})?/g,
  // AWS key ids
  /((?<![A-Za-z0-9])(?:AKIA|ASIA))[A-Z0-9]{16}(?![A-Za-z0-9])/g,
  // GitHub, GitLab, npm, Slack, Google, Stripe, SendGrid, OpenAI and others with a `sk-`
  /((?<![A-Za-z0-9_])gh[pousr]_)[A-Za-z0-9]{30,255}/g,
  /((?<![A-Za-z0-9_])github_pat_)[A-Za-z0-9_]{22,255}/g,
  /((?<![A-Za-z0-9_])glpat-)[\w-]{16,255}/g,
  /((?<![A-Za-z0-9_])npm_)[A-Za-z0-9]{36,255}/g,
  /((?<![A-Za-z0-9_])xox[abeoprs]-)[A-Za-z0-9-]{10,255}/g,
  /((?<![A-Za-z0-9_])AIza)[\w-]{35}(?![\w-])/g,
  /((?<![A-Za-z0-9_])[rs]k_(?:live|test)_)[A-Za-z0-9]{16,255}/g,
  /((?<![A-Za-z0-9_])SG\.)[\w-]{16,64}\.[\w-]{16,64}/g,
  /((?<![\w-])sk-)[A-Za-z0-9_-]{20,255}/g,
  // Slack's and Discord's hooks: the path is the secret
  /(hooks\.slack\.com\/services\/)[\w/]{8,255}/g,
  /(discord(?:app)?\.com\/api\/webhooks\/)[\w/-]{8,255}/g,
]

export function maskTokens(text: string): string {
  let out = text
  for (const shape of shapes) out = out.replace(shape, '$1***')
  return out
}
