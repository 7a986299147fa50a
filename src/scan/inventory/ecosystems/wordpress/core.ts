import type { Extractor } from '../../../../base/model/ecosystem.ts'

/** `wp-includes/version.php`: a PHP file with `$wp_version = '6.4.2';`. */
export const wordpressCore: Extractor = {
  id: 'wordpress',
  revision: 1,
  stage: 'installed',
  patterns: [{ basename: 'version.php', where: ({ path }) => /(?:^|\/)wp-includes\/version\.php$/.test(path) }],
  maxBytes: 1024 * 1024,
  parse: file => {
    const version = /^\s{0,20}\$wp_version\s{0,20}=\s{0,20}(?:'([^'\n]{1,100})'|"([^"\n]{1,100})")/m.exec(file.text())
    return version ? [{ name: 'wordpress', version: (version[1] ?? version[2])! }] : undefined
  },
}
