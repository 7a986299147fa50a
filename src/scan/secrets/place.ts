import type { SecretRule } from './rule.ts'

/** Folders of tests, examples and documents: what looks like a secret there was mostly made for them. */
const madeUp =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|mocks?|spec|specs|testing|test[_-]?data|testsuite|fixtures?|examples?|samples?|demos?|docs?|documentation|tutorials?|benchmarks?|cve-\d{4}-\d+|pocs?|ctf|(?:example|sample|test|demo|tutorial|quickstart)s?[-_][\w.-]{1,60})\/|(?:^|[/._-])(?:test|spec|mock|example|sample|fixture)s?\.[a-z0-9]{1,5}$|_test\.(?:go|py|rb|exs?)$|(?:^|\/)test_[\w-]+\.py$|\.(?:example|sample|template|tmpl|dist|tpl|j2|md|rst|adoc|mdx|pod|html?|tex)$|(?:^|\/)(?:changelog|changes|readme|news|history)[^/]*$/

/** Where packages put their files: what stands there the whole world has. */
const packaged =
  /^usr\/(?:share|lib|lib64|include|libexec|src|bin|sbin)\/|^lib(?:32|64)?\/(?:systemd|udev|modules|firmware|security|terminfo|apk|init|lsb|console-setup|\w+-linux-\w+)\/|^usr\/local\/(?:lib|share|include|go)\/|^opt\/(?:conda|yarn)|^var\/lib\/(?:dpkg|apt|rpm|pacman)\/|^etc\/(?:ssl|ssh\/moduli|ca-certificates|services|mime)|(?:^|\/)(?:node_modules|bower_components|vendor|\.yarn\/(?:releases|plugins|cache)|site-packages|dist-packages|\.cargo\/registry|go\/pkg\/mod|gems\/[^/]+|jspm_packages)\//

const document = /\.(?:md|mdx|rst|adoc)$/

/** Whose place says nothing: their form alone proves them. */
const provenCategories = new Set(['cloud', 'code', 'ai', 'service', 'payment', 'message'])

/**
 * `low` when, by its place, a finding is probably nobody's secret. A token whose form proves it counts everywhere but in a package's own files, where
 * its maker's tests and documents have put it for all to see.
 */
export function certaintyOf(rule: SecretRule, path: string): 'low' | undefined {
  if (rule.everywhere) return undefined
  if (rule.certainty === 'low' || packaged.test(path)) return 'low'
  const proven = provenCategories.has(rule.category) && rule.form === 'token'
  return madeUp.test(rule.written ? path.replace(document, '') : path) && !proven ? 'low' : undefined
}
