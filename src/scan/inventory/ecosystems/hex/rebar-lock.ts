import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * rebar.lock, Erlang terms:
 *
 *     {"1.2.0", [{<<"name">>, {pkg, <<"package">>, <<"version">>}, level}, {<<"name">>, {git, "address", {ref, "commit"}}, level}, …]}.
 *
 * `git_subdir` has the folder behind its commit. Level 0 is what rebar.config names itself; hashes follow in a second term.
 * What comes from a repository has the commit for its version.
 */
export const rebarLock: Extractor = {
  id: 'rebar',
  revision: 3,
  stage: 'lock',
  patterns: [{ basename: 'rebar.lock' }],
  maxBytes: 16 * 1024 * 1024,
  parse: file => packagesOf(file.text()),
}

const entry =
  /\{<<"([^"]{1,255})">>,\s{0,20}\{(?:pkg,\s{0,20}<<"([^"]{1,255})">>,\s{0,20}<<"([^"]{1,255})">>(?:,[^}]{0,500})?|(?:git|git_subdir|hg),\s{0,20}"([^"]{1,2000})",\s{0,20}\{ref,\s{0,20}"([0-9a-f]{7,64})"\}(?:,\s{0,20}"[^"]{0,500}")?)\},\s{0,20}(\d{1,4})\}/g

function packagesOf(text: string): FoundPackage[] {
  return [...text.matchAll(entry)].map(([, name, pkg, version, address, commit, level]) => ({
    id: name!,
    name: pkg ?? name!,
    version: version ?? commit ?? '',
    relationship: level === '0' ? 'direct' : 'indirect',
    ...(address && commit && { extra: { resolved: address, commit } }),
  }))
}
